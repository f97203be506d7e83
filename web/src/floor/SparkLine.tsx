import { memo, type ReactNode } from "react";
import type { FloorRow } from "../generated/rest";
import { mood, MOOD_WORDS, spark, SPARK_HEIGHT, SPARK_WIDTH } from "./spark";

/** The customer's sentiment lately, as a line and in a word. */
export const SparkLine = memo(function SparkLine({
  points,
  sentiment,
}: {
  points: FloorRow["sentimentPoints"];
  sentiment: number | null;
}): ReactNode {
  const { path, end } = spark(points);
  const now = mood(sentiment);
  return (
    <span className={`spark ${now}`} title={`Customer: ${MOOD_WORDS[now]}`}>
      <svg width={SPARK_WIDTH} height={SPARK_HEIGHT} aria-hidden="true">
        <line className="spark-middle" x1="0" x2={SPARK_WIDTH} y1={SPARK_HEIGHT / 2} y2={SPARK_HEIGHT / 2} />
        {path && <path d={path} />}
        {end && <circle cx={end.x} cy={end.y} r="2.5" />}
      </svg>
      <span className="spark-word">{now === "unknown" ? "–" : MOOD_WORDS[now]}</span>
    </span>
  );
});
