package dev.pintle.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The credentials that a user brings for the Kubernetes port, as kube-apiserver's flags name them; PEM all of them.
///
/// @param certificate shown to clients, with what leads from it to an authority behind it
/// @param key of the certificate
/// @param mayBeMade whether the two are made where they are not there
/// @param clientAuthorities whose client certificates are believed; empty for nobody's
/// @param signingKey signs the tokens of service accounts
/// @param tokenKeys by which tokens of service accounts are checked
/// @param issuers who signs tokens; the first is named in new ones
/// @param audiences whom tokens must be for
/// @param anonymous whether who shows nothing is let in
public record ApiServerIdentity(
    Path certificate,
    Path key,
    boolean mayBeMade,
    Optional<Path> clientAuthorities,
    Path signingKey,
    List<Path> tokenKeys,
    List<String> issuers,
    List<String> audiences,
    boolean anonymous) {
  public ApiServerIdentity {
    tokenKeys = List.copyOf(tokenKeys);
    issuers = List.copyOf(issuers);
    audiences = List.copyOf(audiences);
  }
}
