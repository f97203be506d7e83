import { useImperativeHandle, useRef, useState, type ReactNode, type Ref } from "react";
import { spanOfLine } from "./text";

export interface EditorHandle {
  readonly goToLine: (line: number) => void;
}

interface Props {
  readonly ref: Ref<EditorHandle>;
  readonly label: string;
  readonly text: string;
  /** Numbers of lines with a problem. */
  readonly faulty: ReadonlySet<number>;
  readonly onChange: (text: string) => void;
}

/** Of the style sheet. */
const LINE_PX = 18;

/** Text with numbered lines. Tab leaves it, as everywhere else: two spaces indent. */
export function TextEditor({ ref, label, text, faulty, onChange }: Props): ReactNode {
  const area = useRef<HTMLTextAreaElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  useImperativeHandle(ref, () => ({
    goToLine: (line) => {
      const box = area.current;
      if (!box) return;
      const { start, end } = spanOfLine(box.value, line);
      box.focus();
      box.setSelectionRange(start, end);
      box.scrollTop = Math.max(0, (line - 4) * LINE_PX);
      box.scrollLeft = 0;
    },
  }));
  const count = text.split("\n").length;
  const first = Math.floor(scrollTop / LINE_PX);
  const shown = Array.from({ length: Math.max(0, Math.min(count - first, 120)) }, (_, index) => first + index + 1);
  return (
    <div className="code">
      <div className="gutter num" aria-hidden="true">
        <div style={{ transform: `translateY(${first * LINE_PX - scrollTop}px)` }}>
          {shown.map((line) => (
            <div key={line} className={faulty.has(line) ? "gutter-line faulty" : "gutter-line"}>
              {line}
            </div>
          ))}
        </div>
      </div>
      <textarea
        ref={area}
        aria-label={label}
        value={text}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
