package dev.pintle.compat.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.twin.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class MutationsTest {
  private static final Sample CONFIG_MAP =
      new Sample(
          "/api/v1/namespaces/a/configmaps",
          (ObjectNode)
              Trees.MAPPER.readTree(
                  """
                  {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","finalizers":["a/b"]},"data":{"k":"v"}}\
                  """),
          Trees.MAPPER.createObjectNode(),
          List.of());

  private static List<String> made(long seed) {
    Mutations mutations = new Mutations(seed, List.of(CONFIG_MAP));
    return Stream.generate(mutations::next).limit(300).map(Mutated::twin).toList();
  }

  @Test
  void aSeedStandsForTheSameRequests() {
    assertThat(made(7)).isEqualTo(made(7)).isNotEqualTo(made(8));
  }

  @Test
  void everyFormIsSent() {
    Mutations mutations = new Mutations(1, List.of(CONFIG_MAP));
    assertThat(Stream.generate(mutations::next).limit(300).map(Mutated::form))
        .contains(Form.values());
  }

  @Test
  void whatDoesNotMatterIsLeftOutOfARequest() throws Exception {
    Mutated whole =
        new Mutated(
            CONFIG_MAP,
            Form.MERGE,
            "",
            "/a?dryRun=All&fieldValidation=Warn",
            "{\"a\":{\"b\":[1,2],\"c\":2},\"d\":3}",
            List.of(),
            List.of());
    Mutated smallest = new Shrinker(tried -> tried.body().contains("2]"), 100).smallest(whole);
    assertThat(smallest.body()).isEqualTo("{\"a\":{\"b\":[2]}}");
    assertThat(smallest.path()).isEqualTo("/a?dryRun=All");
  }

  @Test
  void aFaultHasNoNamesAndNumbersInIt() {
    List<Fault> faults = new ArrayList<>();
    for (String value : List.of("1", "22")) {
      Mutated mutated = new Mutated(CONFIG_MAP, Form.MERGE, "", "/a", "{}", List.of(), List.of());
      faults.add(
          Fault.of(
              mutated,
              List.of(
                  new Difference(".message", "\"%s\" is wrong".formatted(value), "(absent)"),
                  new Difference("status", "422", "200"))));
    }
    assertThat(faults.get(0))
        .isEqualTo(faults.get(1))
        .extracting(Fault::text)
        .isEqualTo("merge of ConfigMap: status 422, ours 200: real: Q is wrong");
  }
}
