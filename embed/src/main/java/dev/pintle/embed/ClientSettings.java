package dev.pintle.embed;

/// The settings by which a client library reaches the API server as its administrator or another user, in the names and forms that fabric8's
/// `Config` has for them: each component is the value of the builder's method `with…` of the same name. By token or by certificate: either is enough,
/// and a client that is given both is the same user by both.
///
/// @param masterUrl `https://127.0.0.1:PORT`
/// @param namespace what a request is for that names none: `default`
/// @param caCertData the certificate of the authority to believe, PEM in base64
/// @param oauthToken the user's bearer token; empty for one who has a certificate alone
/// @param clientCertData the user's certificate, PEM in base64
/// @param clientKeyData its key, PKCS 8 in PEM in base64; a secret
/// @param clientKeyAlgo what the key is: `EC`, or `RSA` for a server with a folder
public record ClientSettings(
    String masterUrl,
    String namespace,
    String caCertData,
    String oauthToken,
    String clientCertData,
    String clientKeyData,
    String clientKeyAlgo) {

  /// Without what is secret.
  @Override
  public String toString() {
    return "ClientSettings[masterUrl=%s, namespace=%s]".formatted(masterUrl, namespace);
  }
}
