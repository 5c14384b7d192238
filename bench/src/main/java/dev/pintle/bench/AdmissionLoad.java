package dev.pintle.bench;

import dev.pintle.bench.webhook.WebhookProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Creates of ConfigMaps in a namespace where others have a say in them: a webhook, policies or a quota.
record AdmissionLoad(KubeLoad load, String namespace, AdmissionSetup setup) implements Case {
  private static final String REGISTRATION = "/apis/admissionregistration.k8s.io/v1/";
  private static final int POLICIES = 3;
  private static final String MORE_THAN_ENOUGH = "100000000";
  private static final String CONFIG_MAP =
      """
      {"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"bench-"},"data":{"key":"value","other":"%s"}}\
      """
          .formatted("x".repeat(200));

  /// The maker of those who have a say; answers once they are heard.
  @FunctionalInterface
  interface AdmissionSetup {
    void make(KubeCalls calls, String namespace) throws IOException, InterruptedException;
  }

  /// @param webhook admits what is created
  static List<Case> all(WebhookProcess webhook, long requests) {
    List<Case> cases = new ArrayList<>();
    cases.add(
        of(
            "create ConfigMap with a webhook, 8 x 4",
            2,
            "bench-webhook",
            requests,
            (calls, namespace) -> addWebhook(calls, namespace, webhook)));
    cases.add(
        of(
            "create ConfigMap with three policies of five rules, 8 x 4",
            4,
            "bench-policies",
            requests,
            AdmissionLoad::addPolicies));
    cases.add(
        of(
            "create ConfigMap under a quota, 8 x 4",
            4,
            "bench-quota",
            requests,
            AdmissionLoad::addQuota));
    return cases;
  }

  private static AdmissionLoad of(
      String name, double bar, String namespace, long requests, AdmissionSetup setup) {
    KubeLoad load =
        new KubeLoad(
            name,
            bar,
            configMaps(namespace),
            CONFIG_MAP,
            KubeLoad.Present.NOTHING,
            8,
            4,
            requests,
            requests);
    return new AdmissionLoad(load, namespace, setup);
  }

  /// Creates in a namespace of that name.
  static AdmissionLoad ofConfigMaps(String namespace, long requests, AdmissionSetup setup) {
    return of("create ConfigMap in " + namespace, 1, namespace, requests, setup);
  }

  @Override
  public String name() {
    return load.name();
  }

  @Override
  public double barRatio() {
    return load.barRatio();
  }

  @Override
  public void prepare(Contender contender) throws IOException, InterruptedException {
    KubeCalls calls = new KubeCalls(contender);
    calls.post(
        "/api/v1/namespaces",
        """
        {"metadata":{"name":"%1$s","labels":{"bench":"%1$s"}}}\
        """
            .formatted(namespace));
    setup.make(calls, namespace);
  }

  @Override
  public void warmUp(Contender contender) throws IOException, InterruptedException {
    load.warmUp(contender);
  }

  @Override
  public Result run(Contender contender) throws IOException, InterruptedException {
    return load.run(contender);
  }

  private static void addWebhook(KubeCalls calls, String namespace, WebhookProcess webhook)
      throws IOException, InterruptedException {
    calls.post(
        REGISTRATION + "validatingwebhookconfigurations",
        """
        {"metadata":{"name":"%1$s"},"webhooks":[{"name":"it.bench.example.com","sideEffects":"None",\
        "admissionReviewVersions":["v1"],"clientConfig":{"url":"%2$s","caBundle":"%3$s"},%4$s,"rules":[%5$s]}]}\
        """
            .formatted(namespace, webhook.url(), webhook.authority(), selector(namespace), rule()));
    awaitRefusal(calls, namespace, WebhookProcess.REFUSED);
  }

  private static void addPolicies(KubeCalls calls, String namespace)
      throws IOException, InterruptedException {
    for (int i = 0; i < POLICIES; i++) {
      String name = "%s-%d".formatted(namespace, i);
      calls.post(
          REGISTRATION + "validatingadmissionpolicies",
          """
          {"metadata":{"name":"%s"},"spec":{"failurePolicy":"Fail","matchConstraints":{"resourceRules":[%s]},\
          "validations":[%s]}}\
          """
              .formatted(name, rule(), validations(i)));
      calls.post(
          REGISTRATION + "validatingadmissionpolicybindings",
          """
          {"metadata":{"name":"%1$s"},"spec":{"policyName":"%1$s","validationActions":["Deny"],\
          "matchResources":{%2$s}}}\
          """
              .formatted(name, selector(namespace)));
      awaitRefusal(calls, namespace, "refused" + i);
    }
  }

  /// Five rules that the load's objects keep.
  private static String validations(int policy) {
    return IntStream.of(0, 1)
            .mapToObj(i ->
                """
                {"expression":"object.data.all(k, k.size() < %d)"}\
                """
                    .formatted(60 + policy + i))
            .collect(Collectors.joining(",", "", ","))
        + """
        {"expression":"!('refused%d' in object.data)"},\
        {"expression":"!has(object.metadata.labels) || object.metadata.labels.size() < 10"},\
        {"expression":"object.metadata.namespace.startsWith('bench') && request.operation == 'CREATE'"}\
        """
            .formatted(policy);
  }

  /// The pair has nobody who says in its status what a quota allows.
  static void addQuota(KubeCalls calls, String namespace) throws IOException, InterruptedException {
    String quotas = "/api/v1/namespaces/%s/resourcequotas".formatted(namespace);
    String hard = "{\"count/configmaps\":\"%s\"}".formatted(MORE_THAN_ENOUGH);
    calls.post(
        quotas, "{\"metadata\":{\"name\":\"quota\"},\"spec\":{\"hard\":%s}}".formatted(hard));
    calls.mergePatch(
        quotas + "/quota/status",
        "{\"status\":{\"hard\":%s,\"used\":{\"count/configmaps\":\"0\"}}}".formatted(hard));
    KubeCalls.await(
        "a quota that counts",
        () -> {
          calls.post(configMaps(namespace), CONFIG_MAP);
          return !calls.get(quotas + "/quota").contains("\"used\":{\"count/configmaps\":\"0\"}");
        });
  }

  private static void awaitRefusal(KubeCalls calls, String namespace, String mark)
      throws IOException, InterruptedException {
    KubeCalls.await(
        "an object that is refused for " + mark,
        () -> calls.statusOfPost(configMaps(namespace), marked(mark)) != 201);
  }

  private static String marked(String mark) {
    return """
    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"refused-"},"data":{"%s":""}}\
    """
        .formatted(mark);
  }

  private static String selector(String namespace) {
    return "\"namespaceSelector\":{\"matchLabels\":{\"bench\":\"%s\"}}".formatted(namespace);
  }

  private static String rule() {
    return "{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],\"resources\":[\"configmaps\"]}";
  }

  private static String configMaps(String namespace) {
    return "/api/v1/namespaces/%s/configmaps".formatted(namespace);
  }
}
