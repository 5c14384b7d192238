package dev.pintle.wire.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// The judge of which client certificates are believed.
final class ClientTrust implements ClientCertificates {
  private final @Nullable X509ExtendedTrustManager verifier;
  private final X509Certificate[] authorities;

  private ClientTrust(
      @Nullable X509ExtendedTrustManager verifier, List<X509Certificate> authorities) {
    this.verifier = verifier;
    this.authorities = authorities.toArray(new X509Certificate[0]);
  }

  static ClientTrust of(List<X509Certificate> authorities, TlsRules rules)
      throws GeneralSecurityException {
    if (authorities.isEmpty()) {
      return new ClientTrust(null, authorities);
    }
    X509ExtendedTrustManager verifier = verifier(authorities);
    return new ClientTrust(
        rules.believesAll() ? verifier : new DemandingTrust(verifier, rules), authorities);
  }

  private static X509ExtendedTrustManager verifier(List<X509Certificate> authorities)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException impossible) {
      throw new GeneralSecurityException(impossible);
    }
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager found) {
        return found;
      }
    }
    throw new GeneralSecurityException("tls: the JDK offers no X.509 trust manager");
  }

  /// Ends the handshake of a client that is not to be believed.
  TrustManager strict() {
    return verifier == null ? lenient() : verifier;
  }

  /// Lets every client in; whether it is believed is asked afterwards.
  TrustManager lenient() {
    return new Lenient(authorities);
  }

  @Override
  public ClientCertificate of(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      return ClientCertificate.NONE;
    }
    try {
      Certificate[] shown = tls.engine().getSession().getPeerCertificates();
      X509Certificate[] chain = Arrays.copyOf(shown, shown.length, X509Certificate[].class);
      return new ClientCertificate(List.of(chain), isTrusted(chain));
    } catch (SSLPeerUnverifiedException showedNone) {
      return ClientCertificate.NONE;
    }
  }

  private boolean isTrusted(X509Certificate[] chain) {
    if (verifier == null || chain.length == 0) {
      return false;
    }
    try {
      verifier.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      return true;
    } catch (CertificateException refused) {
      return false;
    }
  }

  private static final class Lenient extends X509ExtendedTrustManager {
    private final X509Certificate[] authorities;

    Lenient(X509Certificate[] authorities) {
      this.authorities = authorities;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw new CertificateException("this trust is for clients");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return authorities.clone();
    }
  }
}
