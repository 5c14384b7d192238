package dev.pintle.kube.outbound;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.certificate.PemBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// The authorities by whose word a server is taken for who it is: those of a bundle, or the system's. Equal only to itself, so that
/// connections are never shared between two.
final class ServerTrust {
  /// In whoever answers, with whom nothing is secret.
  static final ServerTrust CLEAR = new ServerTrust();

  private final @Nullable SSLSocketFactory sockets;

  private ServerTrust() {
    sockets = null;
  }

  private ServerTrust(
      X509ExtendedTrustManager authorities, boolean unchecked, @Nullable ClientIdentity identity)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        identity == null ? null : identity.managers(),
        new TrustManager[] {new ByName(authorities, unchecked)},
        null);
    sockets = context.getSocketFactory();
  }

  /// @param bundle PEM; empty for the system's authorities
  /// @throws OutboundException when there is no certificate in it
  static ServerTrust of(Bytes bundle) throws OutboundException {
    return of(bundle, false, null);
  }

  /// @param bundle PEM; empty for the system's authorities
  /// @param unchecked whether anybody is taken for who the server is
  /// @param identity as whom the server that asks shows itself; null for nobody
  /// @throws OutboundException when there is no certificate in the bundle
  static ServerTrust of(Bytes bundle, boolean unchecked, @Nullable ClientIdentity identity)
      throws OutboundException {
    try {
      return new ServerTrust(
          authorities(bundle.isEmpty() ? null : store(bundle)), unchecked, identity);
    } catch (GeneralSecurityException | IOException unusable) {
      throw OutboundException.beforehand(
          "unable to load root certificates: " + unusable.getMessage());
    }
  }

  private static KeyStore store(Bytes bundle)
      throws GeneralSecurityException, IOException, OutboundException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    CertificateFactory certificates = CertificateFactory.getInstance("X.509");
    for (PemBlock block : PemBlock.all(bundle.array())) {
      if (block.type().equals("CERTIFICATE") && !block.headers()) {
        add(store, certificates, block.content().array());
      }
    }
    if (store.size() == 0) {
      throw OutboundException.beforehand(
          "unable to load root certificates: unable to parse bytes as PEM block");
    }
    return store;
  }

  /// Those that do not parse are passed over.
  private static void add(KeyStore store, CertificateFactory certificates, byte[] encoded)
      throws GeneralSecurityException {
    try {
      store.setCertificateEntry(
          Integer.toString(store.size()),
          certificates.generateCertificate(new ByteArrayInputStream(encoded)));
    } catch (CertificateException _) {
      // As upstream does.
    }
  }

  private static X509ExtendedTrustManager authorities(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager authorities) {
        return authorities;
      }
    }
    throw new CertificateException("no trust manager for X.509");
  }

  /// Whether nothing is secret.
  boolean isClear() {
    return sockets == null;
  }

  /// A socket over `plain` that is to reach `serverName`; not shaken hands on yet.
  SSLSocket wrap(Socket plain, String serverName, int port) throws IOException {
    if (sockets != null
        && sockets.createSocket(plain, serverName, port, true) instanceof SSLSocket socket) {
      return socket;
    }
    throw new IOException("no socket for TLS");
  }

  /// The trust in a server that is who it was asked to be.
  private static final class ByName extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager authorities;
    private final boolean unchecked;

    ByName(X509ExtendedTrustManager authorities, boolean unchecked) {
      this.authorities = authorities;
      this.unchecked = unchecked;
    }

    /// In Go's order: the time, the name, the authority.
    private void check(X509Certificate[] chain, String kind, String serverName)
        throws CertificateException {
      if (unchecked) {
        return;
      }
      requireTime(chain[0]);
      ServerNameCheck.require(chain[0], serverName);
      try {
        authorities.checkServerTrusted(chain, kind);
      } catch (CertificateException untrusted) {
        for (X509Certificate each : List.of(chain)) {
          requireTime(each);
        }
        throw new CertificateException("x509: certificate signed by unknown authority", untrusted);
      }
    }

    private static void requireTime(X509Certificate certificate) throws CertificateException {
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      Instant first = certificate.getNotBefore().toInstant();
      Instant last = certificate.getNotAfter().toInstant();
      String told = "x509: certificate has expired or is not yet valid: current time %s is %s %s";
      if (now.isBefore(first)) {
        throw new CertificateException(told.formatted(now, "before", first));
      }
      if (now.isAfter(last)) {
        throw new CertificateException(told.formatted(now, "after", last));
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      if (!(socket instanceof SSLSocket secure)) {
        throw new CertificateException("x509: no name to check");
      }
      check(chain, kind, secure.getHandshakeSession().getPeerHost());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
        throws CertificateException {
      check(chain, kind, engine.getHandshakeSession().getPeerHost());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      throw new CertificateException("x509: no name to check");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      throw new CertificateException("x509: clients are not checked");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      checkClientTrusted(chain, kind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
        throws CertificateException {
      checkClientTrusted(chain, kind);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return authorities.getAcceptedIssuers();
    }
  }
}
