package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.certificate.TestAuthority;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of requests for certificates.
final class SigningControllersTest {
  private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  private static final String CLIENT = "kubernetes.io/kube-apiserver-client";
  private static final String KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
  private static final String CLIENT_USAGES = "\"digital signature\",\"client auth\"";

  /// That of the machine, of which the server takes the times of objects, but for what is less than a second.
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private final VirtualTime time = new VirtualTime(start);
  private final TestAuthority authority = new TestAuthority();
  private final Api api =
      new Api(
          KubeConfig.DEFAULT
              .withControllers(ControllerSelection.ALL)
              .withIssuer(() -> Optional.of(authority))
              .withControllerTime(time.forControllers()));

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void request(String name, String signer, String pem, String usages, String more)
      throws InterruptedException {
    Api.Answer made =
        api.post(
            REQUESTS,
            "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"signerName\":\"%s\",\"request\":\"%s\",\"usages\":[%s]%s}}"
                .formatted(
                    name,
                    signer,
                    Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)),
                    usages,
                    more));
    assertThat(made.code()).as(made.message()).isEqualTo(201);
  }

  private void decide(String name, String decision) throws InterruptedException {
    JsonObject object = api.get(REQUESTS + "/" + name).body();
    object
        .objectAt("status")
        .arrayAt("conditions")
        .add(
            JsonReader.read(
                "{\"type\":\"%s\",\"status\":\"True\",\"reason\":\"r\"}"
                    .formatted(decision)
                    .getBytes(StandardCharsets.UTF_8)));
    Api.Answer told =
        api.put(
            REQUESTS + "/" + name + "/approval",
            new String(JsonWriter.bytes(object), StandardCharsets.UTF_8));
    assertThat(told.code()).as(told.message()).isEqualTo(200);
  }

  private X509Certificate issued(String name) throws InterruptedException {
    Api.Answer answer =
        api.until(
            REQUESTS + "/" + name, each -> each.exchange().text().contains("\"certificate\":\""));
    String base64 = answer.body().objectAt("status").textOrEmpty("certificate");
    return TestAuthority.certificate(Base64.getDecoder().decode(base64));
  }

  @Test
  void anApprovedRequestIsIssuedForAsLongAsWasAsked() throws InterruptedException {
    String pem = TestAuthority.request("jane", List.of("dev"));
    request("r", CLIENT, pem, CLIENT_USAGES, ",\"expirationSeconds\":3600");
    decide("r", "Approved");
    X509Certificate certificate = issued("r");
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=jane,O=dev");
    assertThat(certificate.getNotAfter()).isEqualTo(Date.from(start.plusSeconds(3_600)));
  }

  @Test
  void aCertificateOfALongLifeIsBackdatedAtBothEnds() throws InterruptedException {
    request("r", CLIENT, TestAuthority.request("jane", List.of("dev")), CLIENT_USAGES, "");
    decide("r", "Approved");
    X509Certificate certificate = issued("r");
    Instant from = start.minusSeconds(300);
    assertThat(certificate.getNotBefore()).isEqualTo(Date.from(from));
    assertThat(certificate.getNotAfter()).isEqualTo(Date.from(from.plus(Duration.ofDays(365))));
  }

  @Test
  void whatASignerDoesNotIssueFails() throws InterruptedException {
    request("r", CLIENT, TestAuthority.request("j", List.of()), "\"server auth\"", "");
    decide("r", "Approved");
    api.untilSaid(
        REQUESTS + "/r",
        "\"reason\":\"SignerValidationFailure\",\"message\":\"invalid usage for client certificate: server auth\"");
    request("k", KUBELET_CLIENT, TestAuthority.request("j", List.of("x")), CLIENT_USAGES, "");
    decide("k", "Approved");
    api.untilSaid(REQUESTS + "/k", "\"message\":\"subject organization is not system:nodes\"");
  }

  @Test
  void whatNobodyApprovedOrAnotherSignerIssuesIsLeftAlone() throws InterruptedException {
    String pem = TestAuthority.request("j", List.of());
    request("denied", CLIENT, pem, CLIENT_USAGES, "");
    request("pending", CLIENT, pem, CLIENT_USAGES, "");
    request("other", "example.com/other", pem, CLIENT_USAGES, "");
    decide("denied", "Denied");
    decide("other", "Approved");
    request("last", CLIENT, pem, CLIENT_USAGES, "");
    decide("last", "Approved");
    issued("last");
    for (String name : List.of("denied", "pending", "other")) {
      assertThat(api.get(REQUESTS + "/" + name).exchange().text())
          .doesNotContain("\"certificate\":\"");
    }
  }

  @Test
  void aKubeletThatMayIsApprovedAndServed() throws InterruptedException {
    // The admin may everything.
    String pem = TestAuthority.request("system:node:n", List.of("system:nodes"));
    request("r", KUBELET_CLIENT, pem, CLIENT_USAGES, "");
    X509Certificate certificate = issued("r");
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=system:node:n,O=system:nodes");
    assertThat(api.get(REQUESTS + "/r").exchange().text())
        .contains(
            "\"reason\":\"AutoApproved\",\"message\":\"Auto approving kubelet client certificate after SubjectAccessReview.\"");
  }

  @Test
  void whatIsOldGoesAtItsInstant() throws InterruptedException {
    String pem = TestAuthority.request("j", List.of());
    request("issued", CLIENT, pem, CLIENT_USAGES, "");
    request("denied", CLIENT, pem, CLIENT_USAGES, "");
    request("pending", CLIENT, pem, CLIENT_USAGES, "");
    request("unissued", "example.com/other", pem, CLIENT_USAGES, "");
    decide("issued", "Approved");
    decide("denied", "Denied");
    decide("unissued", "Approved");
    issued("issued");
    Instant hourAfter = time(condition("issued")).plus(Duration.ofHours(1));
    Instant denied = time(condition("denied")).plus(Duration.ofHours(1));
    Instant dayAfter = time(condition("unissued")).plus(Duration.ofHours(24));
    Instant pending =
        time(api.get(REQUESTS + "/pending").metadata().textOrEmpty("creationTimestamp"))
            .plus(Duration.ofHours(24));
    Instant hours = (denied.isAfter(hourAfter) ? denied : hourAfter).plusSeconds(1);
    goesBefore(hours, "issued");
    goesBefore(hours, "denied");
    assertThat(api.get(REQUESTS + "/pending").code()).isEqualTo(200);
    assertThat(api.get(REQUESTS + "/unissued").code()).isEqualTo(200);
    Instant days = (dayAfter.isAfter(pending) ? dayAfter : pending).plusSeconds(1);
    goesBefore(days, "pending");
    goesBefore(days, "unissued");
  }

  /// A request that was decided later than it was made is looked at when it would have gone undecided, and planned anew.
  private void goesBefore(Instant end, String name) throws InterruptedException {
    api.until(
        REQUESTS + "/" + name,
        answer -> {
          time.goOn(end);
          return answer.code() == 404;
        });
  }

  private String condition(String name) throws InterruptedException {
    return api.get(REQUESTS + "/" + name)
        .body()
        .objectAt("status")
        .objects("conditions")
        .getFirst()
        .textOrEmpty("lastUpdateTime");
  }

  private static Instant time(String text) {
    return Instant.parse(text);
  }
}
