package dev.pintle.server.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The TLS of a client that believes one authority and shows one certificate.
public final class ClientTls {
  /// The JDK's own type encrypts what never leaves the memory here.
  private static final String KEY_STORE_TYPE = "JKS";

  private static final char[] NO_PASSWORD = {};

  private ClientTls() {}

  public static SSLContext of(TrustedAuthority authority, Credential client)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KEY_STORE_TYPE);
    store.load(null, null);
    store.setCertificateEntry("authority", authority.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    KeyStore own = KeyStore.getInstance(KEY_STORE_TYPE);
    own.load(null, null);
    own.setKeyEntry(
        "client", client.key(), NO_PASSWORD, client.chain().toArray(new Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
