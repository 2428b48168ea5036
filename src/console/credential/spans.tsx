/** Text in which names stand between backticks, as alerts have it. */
export function Spans({ text }: { readonly text: string }) {
  return <>{text.split("`").map((part, index) => (index % 2 === 0 ? part : <code>{part}</code>))}</>;
}
