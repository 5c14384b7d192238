package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the server says of the expressions of policies.
final class PolicyStatusTest {
  private static final String POLICIES =
      "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";

  private final Api api = new Api(KubeConfig.DEFAULT.withControllers(ControllerSelection.ALL));

  @BeforeEach
  void start() throws InterruptedException {
    api.settledIn();
  }

  @AfterEach
  void close() {
    api.close();
  }

  private List<String> warnings(String rest) throws InterruptedException {
    return warnings("apps", "'replicasets','deployments','deployments/scale'", rest);
  }

  private List<String> warnings(String group, String resources, String rest)
      throws InterruptedException {
    String body =
        "{'metadata':{'name':'p'},'spec':{'matchConstraints':{'resourceRules':[{'apiGroups':['%s'],'apiVersions':['v1'],'operations':['*'],'resources':[%s]}]},%s}}"
            .formatted(group, resources, rest)
            .replace('\'', '"');
    Api.Answer made = api.post(POLICIES, body);
    assertThat(made.code()).as(made.exchange().text()).isEqualTo(201);
    Api.Answer told =
        api.until(
            POLICIES + "/p",
            answer -> answer.body().objectOrEmpty("status").wholeOrZero("observedGeneration") == 1);
    JsonObject status = told.body().objectOrEmpty("status");
    assertThat(status.has("typeChecking")).isTrue();
    return status.objectOrEmpty("typeChecking").objects("expressionWarnings").stream()
        .map(each -> each.textOrEmpty("fieldRef") + " " + each.textOrEmpty("warning"))
        .toList();
  }

  @Test
  void whatIsRightIsNotWarnedOf() throws InterruptedException {
    assertThat(
            warnings(
                "'variables':[{'name':'n','expression':'object.spec.replicas'}],'validations':[{'expression':'variables.n > 1 && object.metadata.creationTimestamp > timestamp(0) && object.spec.template.spec.containers.all(c, c.image != request.name)'}]"))
        .isEmpty();
  }

  @Test
  void namesAndTypesThatDoNotFitAreToldOfEveryKind() throws InterruptedException {
    assertThat(
            warnings(
                "'validations':[{'expression':'object.foo == 1'},{'expression':'true','messageExpression':'string(object.spec.replicas == 2 ? 1 : 2) + object.spec.replicas'}]"))
        .containsExactly(
            "spec.validations[0].expression apps/v1, Kind=Deployment: ERROR: <input>:1:7: undefined field 'foo'\n | object.foo == 1\n | ......^\n\napps/v1, Kind=ReplicaSet: ERROR: <input>:1:7: undefined field 'foo'\n | object.foo == 1\n | ......^\n",
            "spec.validations[1].messageExpression apps/v1, Kind=Deployment: ERROR: <input>:1:43: found no matching overload for '_+_' applied to '(string, int)'\n | string(object.spec.replicas == 2 ? 1 : 2) + object.spec.replicas\n | ..........................................^\n\napps/v1, Kind=ReplicaSet: ERROR: <input>:1:43: found no matching overload for '_+_' applied to '(string, int)'\n | string(object.spec.replicas == 2 ? 1 : 2) + object.spec.replicas\n | ..........................................^\n");
  }

  @Test
  void whatADefinitionSaysOfItsKindIsKnown() throws InterruptedException {
    String definition =
        "{'metadata':{'name':'tabs.example.com'},'spec':{'group':'example.com','scope':'Namespaced','names':{'plural':'tabs','kind':'Tab'},'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object','properties':{'replicas':{'type':'integer'}}}}}}}]}}"
            .replace('\'', '"');
    String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    assertThat(api.post(definitions, definition).code()).isEqualTo(201);
    api.until("/apis/example.com/v1/tabs", answer -> answer.code() == 200);
    assertThat(
            warnings(
                "example.com",
                "'tabs'",
                "'paramKind':{'apiVersion':'v1','kind':'ConfigMap'},'validations':[{'expression':'object.spec.replicas > 1 && size(object.metadata.labels) > 0 && params.data.a == object.kind'},{'expression':'object.spec.other > 1'},{'expression':'params.datum == 1'}]"))
        .containsExactly(
            "spec.validations[1].expression example.com/v1, Kind=Tab: ERROR: <input>:1:12: undefined field 'other'\n | object.spec.other > 1\n | ...........^\n",
            "spec.validations[2].expression example.com/v1, Kind=Tab: ERROR: <input>:1:7: undefined field 'datum'\n | params.datum == 1\n | ......^\n");
  }
}
