package dev.pintle.kube.linear;

import static dev.pintle.kube.linear.WorstObjects.keys;
import static dev.pintle.kube.linear.WorstObjects.repeated;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// The worst pods, and what the metadata of any object can hold.
final class WorstPods {
  private final Map<String, IntFunction<Cost.Work>> cases = new LinkedHashMap<>();

  private WorstPods() {}

  static Map<String, IntFunction<Cost.Work>> all() {
    WorstPods worst = new WorstPods();
    worst.metadata();
    worst.pods();
    worst.containers();
    worst.commands();
    return worst.cases;
  }

  private void builtIn(String kind, String name, IntFunction<String> inside) {
    cases.put("%s %s".formatted(kind, name), WorstBuiltIns.work(kind, inside));
  }

  private void metadata() {
    builtIn(
        "ConfigMap",
        "wrong keys",
        n ->
            WorstBuiltIns.META.formatted("\"x\":1")
                + ",\"data\":{"
                + keys(n, "\"%s!\":\"\"")
                + "}");
    builtIn(
        "ConfigMap",
        "labels",
        n -> WorstBuiltIns.META.formatted("\"labels\":{" + keys(n, "\"%s!\":\"\"") + "}"));
    builtIn(
        "ConfigMap",
        "annotations",
        n -> WorstBuiltIns.META.formatted("\"annotations\":{" + keys(n, "\"%s!\":\"\"") + "}"));
    builtIn(
        "ConfigMap",
        "finalizers",
        n -> WorstBuiltIns.META.formatted("\"finalizers\":[" + keys(n, "\"%s\"") + "]"));
    builtIn(
        "ConfigMap",
        "owners",
        n ->
            WorstBuiltIns.META.formatted(
                "\"ownerReferences\":[" + repeated("{\"uid\":\"a\"},", n) + "{}]"));
    builtIn(
        "ConfigMap",
        "long name",
        n -> "\"metadata\":{\"name\":\"" + repeated("a.", n) + "\",\"namespace\":\"b\"}");
    builtIn(
        "Secret",
        "data",
        n ->
            WorstBuiltIns.META.formatted("\"x\":1")
                + ",\"data\":{"
                + keys(n, "\"%s\":\"QQ==\"")
                + "}");
  }

  private void pods() {
    for (String list :
        List.of(
            "containers",
            "initContainers",
            "volumes",
            "tolerations",
            "hostAliases",
            "imagePullSecrets",
            "readinessGates",
            "topologySpreadConstraints",
            "ephemeralContainers",
            "schedulingGates",
            "resourceClaims")) {
      builtIn(
          "Pod",
          "empty " + list,
          n ->
              WorstBuiltIns.META.formatted("\"x\":1")
                  + ",\"spec\":{\""
                  + list
                  + "\":["
                  + repeated("{},", n)
                  + "{}]}");
      builtIn(
          "Pod",
          "named " + list,
          n ->
              WorstBuiltIns.META.formatted("\"x\":1")
                  + ",\"spec\":{\""
                  + list
                  + "\":["
                  + keys(n, "{\"name\":\"%s\"}")
                  + "]}");
    }
  }

  private void containers() {
    for (String list :
        List.of(
            "ports", "env", "volumeMounts", "envFrom", "volumeDevices", "args", "resizePolicy")) {
      String item =
          list.equals("args")
              ? "\"%s\""
              : "{\"name\":\"%s\",\"mountPath\":\"%<s\",\"containerPort\":1}";
      builtIn(
          "Pod",
          "container " + list,
          n ->
              WorstBuiltIns.META.formatted("\"x\":1")
                  + ",\"spec\":{\"containers\":[{\"name\":\"a\",\""
                  + list
                  + "\":["
                  + keys(n, item)
                  + "]}]}");
    }
    builtIn(
        "Pod",
        "limits",
        n ->
            WorstBuiltIns.META.formatted("\"x\":1")
                + ",\"spec\":{\"containers\":[{\"name\":\"a\",\"resources\":{\"limits\":{"
                + keys(n, "\"%s\":\"1\"")
                + "}}}]}");
    builtIn(
        "Pod",
        "node selector",
        n ->
            WorstBuiltIns.META.formatted("\"x\":1")
                + ",\"spec\":{\"nodeSelector\":{"
                + keys(n, "\"%s\":\"1\"")
                + "}}");
    builtIn(
        "Pod",
        "sysctls",
        n ->
            WorstBuiltIns.META.formatted("\"x\":1")
                + ",\"spec\":{\"securityContext\":{\"sysctls\":["
                + keys(n, "{\"name\":\"%s\"}")
                + "]}}");
  }

  private void commands() {
    builtIn(
        "Pod",
        "a changed command",
        n ->
            WorstBuiltIns.META.formatted("\"x\":1")
                + ",\"spec\":{\"containers\":[{\"name\":\"a\",\"args\":["
                + repeated("\"a\",", n)
                + "\"b\"]}]}");
  }
}
