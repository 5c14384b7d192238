/// The tokens of service accounts: signed JSON (JWT, RFC 7519) that names an account, how long it holds, and for whom.
/// [ServiceAccountTokens] makes and checks them, with the [SigningKey] whose public half is shown to whoever wants to check
/// one without asking the server.
@NullMarked
package dev.pintle.kube.token;

import org.jspecify.annotations.NullMarked;
