/// The identity of who sent a request: [Authenticator] answers a caller, or refuses who claims to be somebody and does
/// not prove it.
@NullMarked
package dev.pintle.kube.authn;

import org.jspecify.annotations.NullMarked;
