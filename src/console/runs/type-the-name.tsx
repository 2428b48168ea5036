/** The field by which a person shows that it is this credential that they mean. */
export function TypeTheName({
  name,
  mistyped,
}: {
  readonly name: string;
  /** undefined: nothing was sent yet. */
  readonly mistyped: string | undefined;
}) {
  const isWrong = mistyped !== undefined;
  return (
    <p class="type-the-name">
      <label for="confirm">
        To confirm, type its name: <code>{name}</code>
      </label>
      <input
        id="confirm"
        name="confirm"
        required
        autocomplete="off"
        autocapitalize="none"
        value={mistyped}
        aria-invalid={isWrong ? "true" : undefined}
        aria-describedby={isWrong ? "mistyped" : undefined}
        autofocus={isWrong}
      />
      {isWrong ? (
        <span id="mistyped" class="fault" role="alert">
          {`That is not its name. Nothing was done. Its name is ${name}.`}
        </span>
      ) : null}
    </p>
  );
}
