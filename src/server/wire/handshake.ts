/** An error of TLS or HTTP/2 as Node gives it; `reason` is OpenSSL's. */
export type ProtocolError = NodeJS.ErrnoException & { readonly reason?: string };

/** Why a connection failed, for people. Undefined if the client only closed it. */
export function whyBroken({ code = "", reason, message }: ProtocolError): string | undefined {
  if (!code.startsWith("ERR_")) return undefined;
  if (code === "ERR_SSL_HTTP_REQUEST")
    return "this is the port for https, but the client speaks http";
  if (/UNKNOWN_CA|CERTIFICATE/.test(code)) {
    return `the client does not accept the certificate (${reason}): make it trust the CA, and use a name that is in the certificate`;
  }
  return reason ?? message;
}
