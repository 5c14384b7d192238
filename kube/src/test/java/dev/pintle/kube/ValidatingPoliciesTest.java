package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What ValidatingAdmissionPolicies make of requests.
final class ValidatingPoliciesTest {
  private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";
  private static final String POLICIES = GROUP + "validatingadmissionpolicies";
  private static final String BINDINGS = GROUP + "validatingadmissionpolicybindings";
  private static final String CONFIG_MAPS =
      "\"matchConstraints\":{\"resourceRules\":[{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"operations\":[\"*\"],\"resources\":[\"configmaps\"]}]}";

  private final Api api = new Api();

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void create(String path, String body) throws InterruptedException {
    Api.Answer made = api.post(path, body.replace('\'', '"'));
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
  }

  private void policy(String name, String spec) throws InterruptedException {
    policy(name, spec, "'validationActions':['Deny']");
  }

  private void policy(String name, String spec, String binding) throws InterruptedException {
    create(
        POLICIES, "{'metadata':{'name':'%s'},'spec':{%s,%s}}".formatted(name, CONFIG_MAPS, spec));
    create(
        BINDINGS,
        "{'metadata':{'name':'%s-b'},'spec':{'policyName':'%s',%s}}"
            .formatted(name, name, binding));
  }

  @Test
  void whatAPolicyForbidsIsRefusedAsSoonAsItIsBound() throws InterruptedException {
    policy("p", "'validations':[{'expression':'has(object.data) && object.data.k == \\\"w\\\"'}]");
    Api.Answer refused = api.map("a", "{}");
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.reason()).isEqualTo("Invalid");
    assertThat(refused.message())
        .isEqualTo(
            "configmaps \"a\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p-b' denied request: failed expression: has(object.data) && object.data.k == \"w\"");
    JsonObject details = refused.body().objectAt("details");
    assertThat(details.textOrEmpty("kind")).isEqualTo("configmaps");
    assertThat(details.objects("causes").getFirst().textOrEmpty("message"))
        .startsWith("ValidatingAdmissionPolicy 'p' with binding 'p-b' denied request: ");
    assertThat(api.post(MAPS, "{\"metadata\":{\"name\":\"b\"},\"data\":{\"k\":\"w\"}}").code())
        .isEqualTo(201);
    assertThat(api.delete(BINDINGS + "/p-b").code()).isEqualTo(200);
    assertThat(api.map("a", "{}").code()).isEqualTo(201);
  }

  private static String message(Api.Answer refused) {
    assertThat(refused.code()).as(refused.exchange().text()).isEqualTo(422);
    return refused.message().substring(refused.message().indexOf("request: ") + 9);
  }

  /// Refuses whatever is done to what is called `judged`, and says what that is.
  private void judge() throws InterruptedException {
    Api.Answer made =
        api.post(
            POLICIES,
            """
            {"metadata":{"name":"j"},"spec":{"matchConstraints":{"resourceRules":[{"apiGroups":["*"],"apiVersions":["*"],"operations":["*"],"resources":["*/*"]}]},
            "validations":[{"expression":"request.?name.orValue(oldObject == null ? '' : oldObject.metadata.name) != 'judged'",
            "messageExpression":"request.operation + ' ' + request.kind.kind + ' ' + request.?subResource.orValue('-')"}]}}
            """);
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    create(
        BINDINGS,
        "{'metadata':{'name':'j'},'spec':{'policyName':'j','validationActions':['Deny']}}");
  }

  @Test
  void everyRoadIsJudged() throws InterruptedException {
    assertThat(api.map("judged", "{\"a\":\"b\"}").code()).isEqualTo(201);
    assertThat(api.pod("judged", "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]").code())
        .isEqualTo(201);
    judge();
    String map = MAPS + "/judged";
    String body = "{\"metadata\":{\"name\":\"judged\"},\"data\":{\"k\":\"x\"}}";
    String applied =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"judged\"}}";
    assertThat(message(api.post(MAPS, body))).isEqualTo("CREATE ConfigMap -");
    assertThat(message(api.put(map, body))).isEqualTo("UPDATE ConfigMap -");
    assertThat(message(api.patch(map, Api.MERGE, body))).isEqualTo("UPDATE ConfigMap -");
    assertThat(message(api.patch(map + "?fieldManager=m", "application/apply-patch+yaml", applied)))
        .isEqualTo("UPDATE ConfigMap -");
    assertThat(message(api.delete(map))).isEqualTo("DELETE ConfigMap -");
    assertThat(message(api.delete(MAPS + "?labelSelector=a"))).isEqualTo("DELETE ConfigMap -");
    String pod = Api.PODS + "/judged";
    assertThat(
            message(api.patch(pod + "/status", Api.MERGE, "{\"status\":{\"phase\":\"Running\"}}")))
        .isEqualTo("UPDATE Pod status");
    assertThat(
            message(
                api.post(
                    pod + "/binding",
                    "{\"apiVersion\":\"v1\",\"kind\":\"Binding\",\"metadata\":{\"name\":\"judged\"},\"target\":{\"name\":\"n\"}}")))
        .isEqualTo("CREATE Binding binding");
    assertThat(
            message(
                api.post(
                    pod + "/eviction",
                    "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"judged\"}}")))
        .isEqualTo("CREATE Eviction eviction");
    assertThat(api.get(map).code()).isEqualTo(200);
    assertThat(api.get(pod).body().objectAt("spec").has("nodeName")).isFalse();
  }

  @Test
  void policiesThatAreStoredAreInForceAfterARestart() throws InterruptedException {
    judge();
    api.restart().settledIn();
    assertThat(message(api.map("judged", "{}"))).isEqualTo("CREATE ConfigMap -");
  }

  @Test
  void policiesThemselvesAreNotJudged() throws InterruptedException {
    judge();
    create(
        POLICIES,
        "{'metadata':{'name':'judged'},'spec':{%s,'validations':[{'expression':'true'}]}}"
            .formatted(CONFIG_MAPS));
    assertThat(api.delete(POLICIES + "/judged").code()).isEqualTo(200);
  }

  @Test
  void whoIsOnlyWarnedGoesOn() throws InterruptedException {
    policy(
        "p",
        "'validations':[{'expression':'false','message':'beware'}]",
        "'validationActions':['Warn','Audit']");
    Api.Answer made = api.map("a", "{}");
    assertThat(made.code()).isEqualTo(201);
    assertThat(made.exchange().answerHeaders("warning"))
        .containsExactly(
            "299 - \"Validation failed for ValidatingAdmissionPolicy 'p' with binding 'p-b': beware\"");
  }

  @Test
  void whatPoliciesDecideIsCounted() throws InterruptedException {
    policy("p", "'validations':[{'expression':'false'}]");
    assertThat(api.map("a", "{}").code()).isEqualTo(422);
    assertThat(api.get("/metrics").exchange().text())
        .contains(
            "apiserver_validating_admission_policy_check_total{enforcement_action=\"deny\",error_type=\"invalid_error\",policy=\"p\",policy_binding=\"p-b\"} 1");
  }

  @Test
  void parametersThatAreSelectedAreThoseOfNow() throws InterruptedException {
    policy(
        "p",
        "'paramKind':{'apiVersion':'v1','kind':'Secret'},'validations':[{'expression':'object.metadata.name != params.metadata.name','messageExpression':'string(params.metadata.name)'}]",
        "'validationActions':['Deny'],'paramRef':{'parameterNotFoundAction':'Allow','selector':{'matchLabels':{'a':'b'}}}");
    String secrets = "/api/v1/namespaces/default/secrets";
    assertThat(api.map("s", "{}").code()).isEqualTo(201);
    create(secrets, "{'metadata':{'name':'x','labels':{'a':'b'}}}");
    assertThat(message(api.map("x", "{}"))).isEqualTo("x");
    create(secrets, "{'metadata':{'name':'y','labels':{'a':'b'}}}");
    assertThat(message(api.map("y", "{}"))).isEqualTo("y");
    assertThat(api.delete(secrets + "/x").code()).isEqualTo(200);
    assertThat(api.map("x", "{}").code()).isEqualTo(201);
  }

  @Test
  void whatTakesLongIsJudgedAllTheSame() throws InterruptedException {
    String ten = "[0,1,2,3,4,5,6,7,8,9]";
    policy(
        "p",
        "'validations':[{'expression':'%s.all(a, %s.all(b, %s.all(c, %s.all(d, a + b + c + d < 36 + size(object.metadata.name)))))'}]"
            .formatted(ten, ten, ten, ten));
    assertThat(api.map("a", "{}").code()).isEqualTo(201);
    policy(
        "q",
        "'validations':[{'expression':'%s.all(a, %s.all(b, %s.all(c, %s.all(d, %s.all(e, a + b + c + d + e < 100)))))'}]"
            .formatted(ten, ten, ten, ten, ten));
    assertThat(message(api.map("b", "{}")))
        .endsWith("resulted in error: operation cancelled: actual cost limit exceeded");
  }
}
