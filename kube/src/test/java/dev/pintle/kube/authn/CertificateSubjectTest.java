package dev.pintle.kube.authn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateSubjectTest {
  private static final Map<String, String> ID = Map.of("ID", "1.3.6.1.4.1.57683.2");

  private static Optional<CertificateSubject> of(String name) {
    return CertificateSubject.of(new X500Principal(name, ID));
  }

  private static CertificateSubject known(String name) {
    return of(name).orElseThrow();
  }

  @Test
  void everyOrganisationIsAGroup() {
    assertThat(known("O=a, O=b, CN=jane").groups()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aPartOfSeveralValuesKeepsThemAll() {
    CertificateSubject subject = known("CN=jane+O=ops+O=dev+OU=x, O=all");

    assertThat(subject.name()).isEqualTo("jane");
    assertThat(subject.groups()).containsExactlyInAnyOrder("ops", "dev", "all");
  }

  @Test
  void anOrganisationBesideAnotherTypeIsStillAGroup() {
    assertThat(known("CN=jane, L=here+O=ops").groups()).containsExactly("ops");
  }

  @Test
  void theLastOfSeveralNamesCounts() {
    // A name is written from its end.
    assertThat(known("CN=last, CN=first, O=a").name()).isEqualTo("last");
  }

  @Test
  void whatLooksLikeAnotherPartIsPartOfTheText() {
    CertificateSubject subject = known("CN=jane\\,O\\=system:masters, O=a\\+O\\=b");

    assertThat(subject.name()).isEqualTo("jane,O=system:masters");
    assertThat(subject.groups()).isEqualTo(List.of("a+O=b"));
  }

  @Test
  void theIdOfTheUserHasItsOwnPart() {
    assertThat(known("CN=jane, ID=u-1").uid()).isEqualTo("u-1");
    assertThat(known("CN=jane+ID=u-1").uid()).isEqualTo("u-1");
    assertThat(known("CN=jane, UID=u-1").uid()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"O=nobody", "CN=, O=a", "CN=two, ID=u-1, ID=u-2", "CN=jane, ID="})
  void whoIsNotNamedIsNobody(String name) {
    assertThat(of(name)).isEmpty();
  }
}
