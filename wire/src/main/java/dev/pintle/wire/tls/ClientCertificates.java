package dev.pintle.wire.tls;

import io.netty.channel.Channel;

/// Reads from a connection what its client showed.
@FunctionalInterface
public interface ClientCertificates {
  ClientCertificates NOBODY = channel -> ClientCertificate.NONE;

  ClientCertificate of(Channel channel);
}
