package dev.pintle.bench.api;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;

/// The way in which a client proves who it is. It believes whoever it is connected to: servers of the bench are on this machine and made
/// their certificates a moment ago.
///
/// @param token empty where the certificate says it all
public record ApiIdentity(SslContext tls, String token) {
  public static ApiIdentity byToken(String token) throws IOException {
    return new ApiIdentity(builder().build(), token);
  }

  /// @param group empty for none
  public static ApiIdentity byCertificate(ClientAuthority authority, String user, String group)
      throws IOException, GeneralSecurityException {
    return new ApiIdentity(
        builder().keyManager(authority.clientKey(), authority.issue(user, group)).build(), "");
  }

  private static SslContextBuilder builder() {
    return SslContextBuilder.forClient()
        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
        .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
        .trustManager(InsecureTrustManagerFactory.INSTANCE)
        .endpointIdentificationAlgorithm("")
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2));
  }

  /// Never the token.
  @Override
  public String toString() {
    return token.isEmpty() ? "by certificate" : "by token";
  }
}
