package dev.pintle.kube.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.certificate.AlternativeName.Kind;
import dev.pintle.kube.certificate.RequestedNames.SubjectPart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RequestedNamesTest {
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String SERIAL_NUMBER = "2.5.4.5";
  private static final String COUNTRY = "2.5.4.6";
  private static final String LOCALITY = "2.5.4.7";
  private static final String PROVINCE = "2.5.4.8";
  private static final String ORGANIZATION = "2.5.4.10";
  private static final String UNIT = "2.5.4.11";

  private static AlternativeName name(Kind kind, String text) {
    return new AlternativeName(kind, Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void theKnownPartsOfASubjectAreInTheOrderOfGo() {
    Map<String, List<String>> texts =
        Map.of(
            COMMON_NAME,
            List.of("first", "last"),
            SERIAL_NUMBER,
            List.of("1"),
            UNIT,
            List.of("unit"),
            ORGANIZATION,
            List.of("b", "a"),
            LOCALITY,
            List.of("place"),
            PROVINCE,
            List.of("land"),
            COUNTRY,
            List.of("XX"),
            "1.3.6.1.4.1.57683.2",
            List.of("forged"));
    RequestedNames names = RequestedNames.of(texts, List.of());
    assertThat(names.subject())
        .containsExactly(
            new SubjectPart(COUNTRY, List.of("XX")),
            new SubjectPart(PROVINCE, List.of("land")),
            new SubjectPart(LOCALITY, List.of("place")),
            new SubjectPart(ORGANIZATION, List.of("b", "a")),
            new SubjectPart(UNIT, List.of("unit")),
            new SubjectPart(COMMON_NAME, List.of("last")),
            new SubjectPart(SERIAL_NUMBER, List.of("1")));
    assertThat(names.commonName()).isEqualTo("last");
    assertThat(names.organizations()).containsExactly("b", "a");
  }

  @Test
  void anEmptyCommonNameIsNone() {
    RequestedNames names = RequestedNames.of(Map.of(COMMON_NAME, List.of("first", "")), List.of());
    assertThat(names.subject()).isEmpty();
    assertThat(names.commonName()).isEmpty();
  }

  @Test
  void alternativeNamesAreTogetherByKind() {
    List<AlternativeName> asked =
        List.of(
            name(Kind.URI, "a:b"), name(Kind.DNS, "y"), name(Kind.EMAIL, "e"), name(Kind.DNS, "x"));
    RequestedNames names = RequestedNames.of(Map.of(), asked);
    assertThat(names.alternatives().stream().map(AlternativeName::text))
        .containsExactly("y", "x", "e", "a:b");
    assertThat(names.has(Kind.EMAIL)).isTrue();
    assertThat(names.has(Kind.ADDRESS)).isFalse();
  }

  @Test
  void aRequestIsReadWithItsNames() throws MalformedException {
    String pem = TestAuthority.request("n", List.of("o"), "a.example", "b.example");
    SigningRequest request = SigningRequest.read(pem.getBytes(StandardCharsets.US_ASCII));
    request.requireSigned();
    assertThat(request.commonName()).isEqualTo("n");
    assertThat(request.organizations()).containsExactly("o");
    assertThat(request.names().alternatives())
        .containsExactly(name(Kind.DNS, "a.example"), name(Kind.DNS, "b.example"));
  }
}
