package dev.pintle.wire.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// The trust in clients that an authority vouches for, as far as the listener's rules have nothing against them.
final class DemandingTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager authorities;
  private final TlsRules rules;

  DemandingTrust(X509ExtendedTrustManager authorities, TlsRules rules) {
    this.authorities = authorities;
    this.rules = rules;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    for (X509Certificate each : chain) {
      if (rules.revoked().contains(each.getSerialNumber())) {
        throw new CertificateException(
            "certificate serial %s revoked".formatted(each.getSerialNumber().toString(16)));
      }
    }
    CertifiedNames names = CertifiedNames.of(chain[0]);
    boolean named =
        rules.clientNames().isEmpty() || rules.clientNames().contains(names.commonName());
    boolean hosted =
        rules.clientHosts().isEmpty() || rules.clientHosts().stream().anyMatch(names::speaksFor);
    if (!named || !hosted) {
      throw new CertificateException("client certificate authentication failed");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    authorities.checkClientTrusted(chain, authType);
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    authorities.checkClientTrusted(chain, authType, socket);
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    authorities.checkClientTrusted(chain, authType, engine);
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    authorities.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    authorities.checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    authorities.checkServerTrusted(chain, authType, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }
}
