"""Audio becomes words: recogniser sessions, stabilised partials, finals grouped into utterances."""
