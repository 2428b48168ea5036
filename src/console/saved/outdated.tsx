import { Notice } from "../../page/notice.tsx";
import type { Authorization } from "./authorization.ts";

/** Why what was authorized once is not enough any more. */
export function Outdated({ missing, changed }: Extract<Authorization, { readonly kind: "outdated" }>) {
  return (
    <Notice tone="warning">
      {missing.length === 0 ? null : (
        <p>
          {"Declared, and not granted yet: "}
          {missing.map((scope, index) => (
            <>
              {index === 0 ? null : ", "}
              <code>{scope}</code>
            </>
          ))}
          {". Refreshing does not bring it: somebody has to consent to it."}
        </p>
      )}
      {changed.length === 0 ? null : (
        <p>{`The authorization no longer holds: since it was given, ${changed.join(" and ")} changed.`}</p>
      )}
    </Notice>
  );
}
