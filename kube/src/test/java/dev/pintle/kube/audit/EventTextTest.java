package dev.pintle.kube.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventTextTest {
  private static String text(AuditEvent event, AuditFormat format) {
    return new String(EventText.of(event, format), StandardCharsets.UTF_8);
  }

  @Test
  void anEventIsOneLineWithUpstreamsFieldsInTheirOrder() {
    assertThat(text(Events.of("id"), AuditFormat.JSON))
        .isEqualTo(
            """
            {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"id","stage":"ResponseComplete",\
            "requestURI":"/api/v1/pods?a=b\\u0026c=d","verb":"list","user":{"username":"jane","uid":"u","groups":["devs"],"extra":{"k":["v"]}},\
            "sourceIPs":["127.0.0.1"],"userAgent":"curl","responseStatus":{"metadata":{},"code":200},\
            "requestReceivedTimestamp":"2026-01-02T03:04:05.678901Z","stageTimestamp":"2026-01-02T03:04:05.679901Z",\
            "annotations":{"a":"1","b":"2"}}
            """);
  }

  @Test
  void theLegacyFormIsATextForPeople() {
    assertThat(text(Events.of("id"), AuditFormat.LEGACY))
        .isEqualTo(
            """
            2026-01-02T03:04:05.678901234Z AUDIT: id="id" stage="ResponseComplete" ip="127.0.0.1" method="list" user="jane" \
            groups="\\"devs\\"" as="<self>" asgroups="<lookup>" user-agent="curl" namespace="<none>" uri="/api/v1/pods?a=b&c=d" response="200"
            """);
  }

  @Test
  void whatWasSentStandsInOneLineHoweverItWasWritten() {
    String sent = "{\n  \"a\" : \" b\\\" \\n \",\n\t\"c\": [ 1, 2 ]\r\n}\n";
    assertThat(text(Events.of("id", AuditLevel.REQUEST, sent, false), AuditFormat.JSON))
        .contains("\"requestObject\":{\"a\":\" b\\\" \\n \",\"c\":[1,2]},")
        .containsOnlyOnce("\n");
  }

  @Test
  void managedFieldsAreLeftOutOfObjectsListsAndTables() {
    String owned = "{\"metadata\":{\"name\":\"a\",\"managedFields\":[{}]}}";
    String sent =
        "{\"metadata\":{\"managedFields\":[]},\"items\":[%s],\"rows\":[{\"object\":%s},{\"object\":null}]}"
            .formatted(owned, owned);
    assertThat(text(Events.of("id", AuditLevel.REQUEST, sent, true), AuditFormat.JSON))
        .contains(
            "\"requestObject\":{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"a\"}}],\"rows\":[{\"object\":{\"metadata\":{\"name\":\"a\"}}},{\"object\":null}]},");
  }

  @Test
  void anEventWithoutItsObjectsSaysSo() {
    AuditEvent event = Events.of("id", AuditLevel.REQUEST, "{}", false).withoutObjects();
    assertThat(text(event, AuditFormat.JSON))
        .doesNotContain("requestObject")
        .contains("\"annotations\":{\"a\":\"1\",\"audit.k8s.io/truncated\":\"true\",\"b\":\"2\"}");
  }
}
