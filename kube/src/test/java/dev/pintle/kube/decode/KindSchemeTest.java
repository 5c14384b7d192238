package dev.pintle.kube.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.schema.GroupVersionKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class KindSchemeTest {
  private static @Nullable String read(KindScheme scheme, String apiVersion, String kind) {
    return scheme.goType(GroupVersionKind.of(apiVersion, kind));
  }

  @Test
  void kindsOfTheMachineryAreKnownInEveryVersion() {
    assertThat(read(KindScheme.MAIN, "apps/v1", "ListOptions")).isEqualTo("v1.ListOptions");
    assertThat(read(KindScheme.MAIN, "apps/v9", "ListOptions")).isNull();
    assertThat(read(KindScheme.DEFINITIONS, "v1", "ListOptions")).isEqualTo("v1.ListOptions");
    assertThat(read(KindScheme.DEFINITIONS, "apps/v1", "ListOptions")).isNull();
  }

  @Test
  void statusIsKnownWhateverVersionItSays() {
    for (KindScheme scheme : KindScheme.values()) {
      assertThat(read(scheme, "nobody.example/v7", "Status")).isEqualTo("v1.Status");
    }
  }

  @Test
  void listsAreKnownWhereTheirKindsHaveSome() {
    assertThat(read(KindScheme.MAIN, "v1", "PodList")).isEqualTo("v1.PodList");
    assertThat(read(KindScheme.MAIN, "v1", "BindingList")).isNull();
    assertThat(read(KindScheme.MAIN, "v1", "List")).isEqualTo("v1.List");
  }

  @Test
  void internalKindsAreInThePackageThatHoldsThem() {
    assertThat(read(KindScheme.MAIN, "__internal", "Pod")).isEqualTo("core.Pod");
    assertThat(read(KindScheme.MAIN, "apps/__internal", "Scale")).isEqualTo("autoscaling.Scale");
    assertThat(read(KindScheme.MAIN, "extensions/__internal", "IngressList"))
        .isEqualTo("networking.IngressList");
    assertThat(read(KindScheme.MAIN, "__internal", "WatchEvent")).isEqualTo("v1.InternalEvent");
  }

  @Test
  void everySchemeHasItsOwnGroups() {
    String group = "apiextensions.k8s.io/v1";
    String kind = "CustomResourceDefinition";
    assertThat(read(KindScheme.MAIN, group, kind)).isNull();
    assertThat(read(KindScheme.AGGREGATION, group, kind)).isNull();
    assertThat(read(KindScheme.DEFINITIONS, group, kind)).isEqualTo("v1." + kind);
  }

  @Test
  void optionsAreToldFromTheFormsOfAnswers() {
    assertThat(read(KindScheme.OPTIONS, "meta.k8s.io/v1", "Table")).isEqualTo("v1.Table");
    assertThat(read(KindScheme.OPTIONS, "v1", "CreateOptions")).isEqualTo("v1.CreateOptions");
    assertThat(read(KindScheme.OPTIONS, "v1", "Pod")).isNull();
  }
}
