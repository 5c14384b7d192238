package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.object.Json;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Objects that are judged by expressions, whether these take long or not: the answers are the same.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class QuickExpressionsTest {
  private static final String PATH = "/apis/example.com/v1/namespaces/default/things";
  static final String DEFINITION =
      """
      {"metadata":{"name":"things.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
       "names":{"plural":"things","kind":"Thing"},"versions":[{"name":"v1","served":true,"storage":true,
       "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object",
         "x-kubernetes-validations":[
           {"rule":"self.list.all(a, self.list.all(b, a + b < 1000))","message":"too large together"}],
         "properties":{"list":{"type":"array","maxItems":300,"items":{"type":"integer"}}}}}}}}]}}\
      """;

  private final Api api = new Api();

  @BeforeEach
  void define() throws InterruptedException {
    assertThat(
            api.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", DEFINITION).code())
        .isEqualTo(201);
    while (api.get(PATH).code() != 200) {
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Answer create(String name, String list) throws InterruptedException {
    return api.post(
        PATH,
        "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"%s\"},\"spec\":{\"list\":%s}}"
            .formatted(name, list));
  }

  @Test
  void fewValuesAndManyAreJudgedAlike() throws InterruptedException {
    String many = "[" + "1,".repeat(250) + "2]";
    String wrong = "[" + "1,".repeat(250) + "999]";
    for (int round = 0; round < 3; round++) {
      assertThat(create("few" + round, "[1,2]").code()).isEqualTo(201);
      assertThat(create("many" + round, many).code()).isEqualTo(201);
      assertThat(create("wrong" + round, wrong).message()).contains("too large together");
      assertThat(create("little" + round, "[999]").message()).contains("too large together");
    }
    assertThat(api.get(PATH).items().size()).isEqualTo(6);
  }

  @Test
  void whatWasGivenUpLeavesNothingBehind() throws InterruptedException {
    String many = "[" + "1,".repeat(250) + "2]";
    create("few", "[1]");
    Answer made = create("many", many);
    assertThat(made.code()).isEqualTo(201);
    assertThat(create("many", many).code()).isEqualTo(409);
    assertThat(made.metadata().get("generation")).isEqualTo(Json.of(1));
  }
}
