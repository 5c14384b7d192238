package dev.pintle.wire.tls;

import io.netty.channel.Channel;

/// The reader of what a connection's client showed.
@FunctionalInterface
public interface ClientCertificates {
  ClientCertificates NOBODY = channel -> ClientCertificate.NONE;

  ClientCertificate of(Channel channel);
}
