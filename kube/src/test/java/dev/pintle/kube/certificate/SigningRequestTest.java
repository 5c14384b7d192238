package dev.pintle.kube.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class SigningRequestTest {
  /// Ed25519; O=people, CN=ed.
  private static final String PEOPLE =
      """
      MIGdMFECAQAwHjEPMA0GA1UECgwGcGVvcGxlMQswCQYDVQQDDAJlZDAqMAUGAytl
      cAMhAAANU6yUXPL/E5j8p8KCwFvGFqiw8yttvL0qQ3e71oYHoAAwBQYDK2VwA0EA
      1g+gLDDXJdkLTc++WsWfiQ1LypZZ+M0eljW0bHhhmI7wtIt6XpO0BlsLf1HCLMd9
      C3LrNhfNLGlMxCPwQgbZBA==
      """;

  /// P-256; one part of the name holds O=people, CN=somebody and O=system:masters.
  private static final String SEVERAL =
      """
      MIHzMIGbAgEAMDkxNzANBgNVBAoMBnBlb3BsZTAPBgNVBAMMCHNvbWVib2R5MBUG
      A1UECgwOc3lzdGVtOm1hc3RlcnMwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARa
      xBZGWmG8ZC3Js/6RwihBpdTeXMiO2jPbI7bI1TU0/1WWhxgKI4NX5OuKBK98ekqT
      q+PUsZ33wKpfjfR/5E3koAAwCgYIKoZIzj0EAwIDRwAwRAIgItmcQ6sZbiKdNYGT
      jXiBc6klxlQTDjA7xqxmgE28v9UCIF1XKYUOxUU5DwOLtuu49yNZkAuvkiS9OJ/k
      3GvkIVaw
      """;

  private static byte[] pem(String type, String digits) {
    return "text before\n-----BEGIN %s-----\n%s\n-----END %s-----\ntext after\n"
        .formatted(type, digits.strip(), type)
        .getBytes(US_ASCII);
  }

  private static byte[] pem(byte[] content) {
    return pem("CERTIFICATE REQUEST", Base64.getEncoder().encodeToString(content));
  }

  private static byte[] content(String digits) {
    return Base64.getMimeDecoder().decode(digits);
  }

  private static void isRefused(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading).isInstanceOf(MalformedException.class).hasMessage(message);
  }

  @Test
  void whatIsSignedWithItsOwnKeyIsTaken() throws MalformedException {
    for (String request : new String[] {PEOPLE, SEVERAL}) {
      SigningRequest.read(pem("CERTIFICATE REQUEST", request)).requireSigned();
    }
  }

  @Test
  void everyOrganizationOfTheNameIsSeen() throws MalformedException {
    assertThat(SigningRequest.read(pem("CERTIFICATE REQUEST", PEOPLE)).organizations())
        .containsExactly("people");
    assertThat(SigningRequest.read(pem("CERTIFICATE REQUEST", SEVERAL)).organizations())
        .containsExactly("people", "system:masters");
  }

  @Test
  void anotherSignatureIsRefused() throws MalformedException {
    byte[] content = content(PEOPLE);
    content[content.length - 1] ^= 1;
    SigningRequest changed = SigningRequest.read(pem(content));

    isRefused(changed::requireSigned, "x509: Ed25519 verification failure");
  }

  @Test
  void whatIsNoRequestIsRefused() {
    String expected = "PEM block type must be CERTIFICATE REQUEST";
    isRefused(() -> SigningRequest.read(new byte[0]), expected);
    isRefused(() -> SigningRequest.read(pem("CERTIFICATE", PEOPLE)), expected);
    isRefused(() -> SigningRequest.read(pem("CERTIFICATE REQUEST", "!!!!")), expected);
  }

  @Test
  void everyCutIsRefusedAndNothingElseHappens() {
    byte[] content = content(SEVERAL);
    for (int length = 0; length < content.length; length++) {
      byte[] cut = Arrays.copyOf(content, length);
      assertThatThrownBy(() -> SigningRequest.read(pem(cut)))
          .isInstanceOf(MalformedException.class);
    }
    byte[] more = Arrays.copyOf(content, content.length + 1);
    isRefused(() -> SigningRequest.read(pem(more)), "asn1: syntax error: trailing data");
  }

  @Test
  void everyChangedByteIsReadOrRefused() {
    byte[] content = content(SEVERAL);
    for (int at = 0; at < content.length; at++) {
      for (int value : new int[] {0, 0x7F, 0x80, 0xFF}) {
        byte[] changed = content.clone();
        changed[at] = (byte) value;
        try {
          SigningRequest.read(pem(changed)).requireSigned();
        } catch (MalformedException refused) {
          assertThat(refused.getMessage()).isNotEmpty();
        }
      }
    }
  }

  @Test
  void manyBeginningsTakeNoMoreThanTheirLength() {
    byte[] beginnings = "-----BEGIN CERTIFICATE REQUEST-----\n".repeat(50_000).getBytes(US_ASCII);
    byte[] blocks = "-----BEGIN A-----\nA:\n=\n-----END A-----\n".repeat(50_000).getBytes(US_ASCII);

    Assertions.assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          assertThat(PemBlock.all(beginnings)).isEmpty();
          assertThat(PemBlock.all(blocks)).isEmpty();
        });
  }
}
