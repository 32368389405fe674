import { passagesOf, withoutMarks } from './hits';

/** An excerpt with the words that were found marked. It is text: nothing in it is read as HTML. */
export function MarkedText({ text }: { text: string }) {
  return <>{passagesOf(withoutMarks(text)).map((passage, index) => (passage.isMarked ? <mark key={index}>{passage.text}</mark> : passage.text))}</>;
}
