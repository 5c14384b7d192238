package example.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.embed.PintleServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

@QuarkusTest
@QuarkusTestResource(ClusterResource.class)
class TeamsTest {
  PintleServer cluster;

  @Inject Teams teams;

  @AfterEach
  void emptyTheCluster() {
    cluster.reset();
  }

  @RepeatedTest(3)
  void teamsAreAdded() {
    assertEquals(List.of(), teams.names());
    teams.add("red");
    teams.add("blue");
    assertEquals(List.of("blue", "red"), teams.names());
  }
}
