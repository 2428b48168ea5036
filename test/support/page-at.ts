import { request } from "node:http";

/** What a plain HTTP request gets, with any method, path and Host. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Asks a loopback server as no browser would. */
export function ask(
  address: { readonly host: string; readonly port: number },
  {
    method = "GET",
    path = "/",
    host,
  }: { readonly method?: string; readonly path?: string; readonly host?: string },
): Promise<PlainAnswer> {
  return new Promise((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    request({ ...address, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    })
      .on("error", reject)
      .end();
  });
}
