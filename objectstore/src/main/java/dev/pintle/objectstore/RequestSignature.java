package dev.pintle.objectstore;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signature of a request, version 4, as AWS documents it: over the method, the path, the host, the time, and the hash of the body.
final class RequestSignature {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_CHARS = 8;

  private final AccessKey key;
  private final String region;

  RequestSignature(AccessKey key, String region) {
    this.key = key;
    this.region = region;
  }

  /// The headers that a request needs besides `Host`.
  ///
  /// @param host with the port, where it is not the usual one
  Map<String, String> headers(String method, String path, String host, byte[] body, Instant now) {
    String time = TIME.format(now);
    String hash = hex(sha256(body));
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("host", host);
    headers.put("x-amz-content-sha256", hash);
    headers.put("x-amz-date", time);
    if (!key.token().isEmpty()) {
      headers.put("x-amz-security-token", key.token());
    }
    String names = String.join(";", headers.keySet());
    StringBuilder canonical = new StringBuilder();
    canonical.append(method).append('\n').append(path).append("\n\n");
    headers.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(names).append('\n').append(hash);
    String date = time.substring(0, DATE_CHARS);
    String scope = date + "/" + region + "/s3/aws4_request";
    String signed =
        ALGORITHM + "\n" + time + "\n" + scope + "\n" + hex(sha256(utf8(canonical.toString())));
    byte[] signing = mac(utf8("AWS4" + key.secret()), date);
    for (String part : new String[] {region, "s3", "aws4_request"}) {
      signing = mac(signing, part);
    }
    headers.remove("host");
    headers.put(
        "authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(ALGORITHM, key.id(), scope, names, hex(mac(signing, signed))));
    return headers;
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
