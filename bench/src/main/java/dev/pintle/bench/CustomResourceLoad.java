package dev.pintle.bench;

import java.io.IOException;

/// Creates of a custom resource that is held to five expressions.
record CustomResourceLoad(KubeLoad load) implements Case {
  private static final String PATH = "/apis/bench.example.com/v1/namespaces/default/ruled";
  private static final String DEFINITION =
      """
      {"metadata":{"name":"ruled.bench.example.com"},"spec":{"group":"bench.example.com","scope":"Namespaced",\
      "names":{"plural":"ruled","kind":"Ruled"},"versions":[{"name":"v1","served":true,"storage":true,\
      "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","x-kubernetes-validations":[\
      {"rule":"self.min <= self.max"},\
      {"rule":"self.replicas >= self.min && self.replicas <= self.max"},\
      {"rule":"self.names.all(n, n.matches('^[a-z]+$'))"},\
      {"rule":"!has(self.mode) || self.mode in ['a','b','c']"},\
      {"rule":"self.names.size() < 10 || self.max > 5"}],\
      "properties":{"min":{"type":"integer"},"max":{"type":"integer"},"replicas":{"type":"integer"},\
      "mode":{"type":"string","maxLength":10},\
      "names":{"type":"array","maxItems":20,"items":{"type":"string","maxLength":30}}}}}}}}]}}\
      """;
  private static final String OBJECT =
      """
      {"apiVersion":"bench.example.com/v1","kind":"Ruled","metadata":{"generateName":"bench-"},\
      "spec":{"min":1,"max":9,"replicas":4,"mode":"a","names":["abc","def","ghi"]}}\
      """;

  static CustomResourceLoad of(double barRatio, long requests) {
    return new CustomResourceLoad(
        new KubeLoad(
            "create a custom resource with five rules, 8 x 4",
            barRatio,
            PATH,
            OBJECT,
            KubeLoad.Present.NOTHING,
            8,
            4,
            requests,
            requests));
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
    new CustomDefinitions(contender).define(DEFINITION, "ruled.bench.example.com", PATH);
  }

  @Override
  public void warmUp(Contender contender) throws IOException, InterruptedException {
    load.warmUp(contender);
  }

  @Override
  public Result run(Contender contender) throws IOException, InterruptedException {
    return load.run(contender);
  }
}
