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

  @ParameterizedTest
  @CsvSource({
    "GET,/api/v1/nodes/a,get",
    "HEAD,/api/v1/nodes/a,get",
    "HEAD,/api/v1/nodes,list",
    "POST,/api/v1/nodes,create",
    "POST,/api/v1/nodes/a/proxy,create",
    "PUT,/api/v1/nodes/a,update",
    "PATCH,/api/v1/nodes/a,patch",
    "DELETE,/api/v1/nodes,deletecollection",
    "DELETE,/api/v1/nodes/a,delete",
    "GET,/api/v1/watch/nodes,watch",
    "GET,/api/v1/watch/nodes/a,watch",
    "DELETE,/api/v1/watch/nodes,watch",
    "GET,/api/v1/proxy/nodes/a,proxy",
    "OPTIONS,/api/v1/nodes,''",
    "GET,/healthz,get",
    "BREW,/healthz,brew"
  })
  void theVerbIsThatOfTheMethodUnlessThePathNamesOne(String method, String path, String verb) {
    assertThat(RequestInfo.parse(method, path, Query.EMPTY).verb()).isEqualTo(verb);
  }

  @ParameterizedTest
  @CsvSource({
    "fieldSelector=metadata.name%3Da,a",
    "fieldSelector=metadata.name%3D%3Da,a",
    "fieldSelector=metadata.name%3Da%2Cspec.x%3Db,a",
    "watch=1&fieldSelector=metadata.name%3Da,a",
    "fieldSelector=metadata.name!%3Da,''",
    "fieldSelector=metadata.namespace%3Da,''",
    "fieldSelector=metadata.name%3D,''",
    "fieldSelector=metadata.name,''",
    "labelSelector=metadata.name%3Da,''"
  })
  void whoListsWhatCanOnlyBeOneAsksForThatOne(String query, String name) {
    RequestInfo info = RequestInfo.parse("GET", "/api/v1/nodes", Query.parse(query));

    assertThat(info.name()).isEmpty();
    assertThat(info.judgedName()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/watch/pods,true",
    "/apis/apps/v1/watch/namespaces/n/deployments,true",
    "/api/v1/watch,false",
    "/api/v1/pods/watch,false",
    "/watch/pods,false"
  })
  void aWatchMayBeNamedBehindTheVersionAlone(String path, boolean watches) {
    assertThat(RequestInfo.parse("GET", path, Query.EMPTY).isWatchPath()).isEqualTo(watches);
  }
}
