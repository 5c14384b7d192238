package dev.pintle.kube.certificate;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;

/// An order for a certificate that somebody asked for and may have.
///
/// @param key whose owner asked: the request is signed with it
/// @param usages as Kubernetes names them
/// @param now when it is issued
/// @param until when it ends, if its authority lasts as long
public record CertificateOrder(
    RequestedNames names,
    PublicKey key,
    List<String> usages,
    Instant now,
    Instant from,
    Instant until) {
  public CertificateOrder {
    usages = List.copyOf(usages);
  }
}
