/** Something to be typed elsewhere, with a button that copies it. `what` names it: "the redirect URI". */
export function Copyable({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <div class="copyable">
      <code>{text}</code>
      <button type="button" data-copy={text} hidden>
        Copy<span class="for-readers"> {what}</span>
        <span role="status"></span>
      </button>
    </div>
  );
}
