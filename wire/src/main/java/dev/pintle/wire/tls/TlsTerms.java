package dev.pintle.wire.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/// The TLS of a listener as it is now. [#renew] changes it for the connections to come; open ones keep what they agreed
/// on.
public final class TlsTerms {
  /// The key is put into a key store in memory on its way; the default type would encrypt it there, which costs a start 80 ms
  /// of deriving a key from no password.
  private static final String KEY_STORE_TYPE = "JKS";

  private static final List<String> CIPHERS_OF_TLS_1_3 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private volatile Current current;
  private volatile Consumer<Runnable> look = Runnable::run;

  public TlsTerms(TlsConfig config) throws GeneralSecurityException {
    current = build(config);
  }

  /// Loads what the fastest engine needs, which the first listener with TLS would wait for.
  public static void prepare() {
    OpenSsl.isAvailable();
  }

  /// Serves `config` from now on.
  public void renew(TlsConfig config) throws GeneralSecurityException {
    current = build(config);
  }

  /// Has somebody look, before each handshake, whether the terms must be renewed first.
  ///
  /// @param look must not wait; it runs what it is given once it has looked, on any thread
  public void lookBeforeHandshakes(Consumer<Runnable> look) {
    this.look = look;
  }

  /// Runs `begin` once the terms are those of now.
  public void whenFresh(Runnable begin) {
    look.accept(begin);
  }

  public SslHandler handler(ByteBufAllocator allocator) {
    Current now = current;
    SslHandler handler = now.context().newHandler(allocator);
    handler.setHandshakeTimeout(now.config().handshakeMax().toMillis(), TimeUnit.MILLISECONDS);
    return handler;
  }

  public ClientCertificates clientCertificates() {
    return channel -> current.trust().of(channel);
  }

  public TlsConfig config() {
    return current.config();
  }

  private record Current(TlsConfig config, SslContext context, ClientTrust trust) {}

  private static Current build(TlsConfig config) throws GeneralSecurityException {
    ClientTrust trust = ClientTrust.of(config.clientAuthorities(), config.rules());
    try {
      return new Current(config, context(config, trust), trust);
    } catch (SSLException unusable) {
      throw new GeneralSecurityException("tls: " + unusable.getMessage(), unusable);
    }
  }

  private static SslContext context(TlsConfig config, ClientTrust trust) throws SSLException {
    TlsIdentity identity = config.identity();
    SslContextBuilder builder =
        SslContextBuilder.forServer(
                identity.key(), identity.chain().toArray(new X509Certificate[0]))
            .sslProvider(provider(config.engine()))
            .keyStoreType(KEY_STORE_TYPE)
            .protocols(config.rules().protocols())
            .ciphers(ciphers(config.rules()), SupportedCipherSuiteFilter.INSTANCE)
            .applicationProtocolConfig(alpn());
    return switch (config.clientAuth()) {
      case NONE -> builder.clientAuth(ClientAuth.NONE).build();
      case REQUEST -> builder.clientAuth(ClientAuth.OPTIONAL).trustManager(trust.lenient()).build();
      case REQUIRE -> builder.clientAuth(ClientAuth.REQUIRE).trustManager(trust.strict()).build();
    };
  }

  /// Those of TLS 1.3 are there whatever was chosen.
  private static List<String> ciphers(TlsRules rules) {
    if (rules.ciphers().isEmpty()) {
      return Http2SecurityUtil.CIPHERS;
    }
    List<String> ciphers = new ArrayList<>(rules.ciphers());
    ciphers.addAll(CIPHERS_OF_TLS_1_3);
    return ciphers;
  }

  /// Those of some ciphers that cannot be served here, whatever their fault.
  public static List<String> unserved(List<String> ciphers) throws GeneralSecurityException {
    Set<String> served =
        OpenSsl.isAvailable()
            ? OpenSsl.availableJavaCipherSuites()
            : Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    return ciphers.stream().filter(cipher -> !served.contains(cipher)).toList();
  }

  private static SslProvider provider(TlsConfig.Engine engine) {
    return switch (engine) {
      case JDK -> SslProvider.JDK;
      case FASTEST -> OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
      case BORINGSSL -> {
        if (!OpenSsl.isAvailable()) {
          throw new IllegalArgumentException(
              "tls.engine: BORINGSSL (expected: JDK here, because %s)"
                  .formatted(OpenSsl.unavailabilityCause()));
        }
        yield SslProvider.OPENSSL;
      }
    };
  }

  private static ApplicationProtocolConfig alpn() {
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1));
  }
}
