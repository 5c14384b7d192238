package dev.pintle.kube.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestInfoTest {
  @ParameterizedTest
  @CsvSource({
    "GET,/api/v1/pods,,list,'',pods,'',''",
    "GET,/api/v1/pods,watch=1,watch,'',pods,'',''",
    "GET,/api/v1/namespaces/n/pods/p,,get,n,pods,p,''",
    "GET,/api/v1/namespaces/n/pods/p,watch=true,get,n,pods,p,''",
    "PUT,/api/v1/namespaces/n/pods/p/status,,update,n,pods,p,status",
    "GET,/api/v1/namespaces,,list,'',namespaces,'',''",
    "GET,/api/v1/namespaces/n,,get,n,namespaces,n,''",
    "PUT,/api/v1/namespaces/n/finalize,,update,n,namespaces,n,finalize",
    "DELETE,/apis/apps/v1/namespaces/n/deployments,,deletecollection,n,deployments,'',''",
    "DELETE,/apis/apps/v1/namespaces/n/deployments/d,,delete,n,deployments,d,''",
    "GET,/api/v1/watch/namespaces/n/pods,,watch,n,pods,'',''",
    "PATCH,/apis/g.example.com/v1/things/a%2Fb,,patch,'',things,a,b"
  })
  void pathsAreReadByTheRulesOfUpstream(
      String method,
      String path,
      String query,
      String verb,
      String namespace,
      String resource,
      String name,
      String sub) {
    RequestInfo target = RequestInfo.parse(method, path, Query.parse(query == null ? "" : query));

    assertThat(target.isResource()).isTrue();
    assertThat(target.verb()).isEqualTo(verb);
    assertThat(target.namespace()).isEqualTo(namespace);
    assertThat(target.resource()).isEqualTo(resource);
    assertThat(target.name()).isEqualTo(name);
    assertThat(target.subresource()).isEqualTo(sub);
  }

  @ParameterizedTest
  @CsvSource({
    "/",
    "/api",
    "/apis",
    "/api/v1",
    "/apis/apps",
    "/apis/apps/v1",
    "/healthz",
    "/version"
  })
  void otherPathsAreNoResources(String path) {
    assertThat(RequestInfo.parse("GET", path, Query.EMPTY).isResource()).isFalse();
  }
}
