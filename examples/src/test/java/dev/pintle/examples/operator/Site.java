package dev.pintle.examples.operator;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// A web site that somebody wants to have in a cluster.
@Group("web.example.com")
@Version("v1")
public final class Site extends CustomResource<SiteSpec, SiteStatus> implements Namespaced {
  private static final long serialVersionUID = 1;

  /// For those who make it by reflection.
  public Site() {}

  static Site of(String name, @Nullable String page) {
    Site site = new Site();
    site.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("default").build());
    site.setSpec(new SiteSpec());
    site.getSpec().setPage(page);
    return site;
  }

  long seen() {
    return getStatus() == null ? 0 : getStatus().getSeen();
  }
}
