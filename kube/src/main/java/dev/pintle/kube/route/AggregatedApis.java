package dev.pintle.kube.route;

import dev.pintle.kube.chain.RequestContext;
import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.status.StatusErrors;
import java.util.Arrays;
import java.util.List;

/// The route of paths that an APIService hands to another server. No such server is asked: the answer says that the service
/// is unavailable.
public final class AggregatedApis implements Route {
  private final TypeRegistry types;

  public AggregatedApis(TypeRegistry types) {
    this.types = types;
  }

  @Override
  public boolean answer(RequestContext context, Reply reply) {
    List<String> parts =
        Arrays.stream(context.info().path().split("/", 5)).filter(part -> !part.isEmpty()).toList();
    if (parts.size() > 2
        && parts.getFirst().equals("apis")
        && types.current().isElsewhere(new GroupVersion(parts.get(1), parts.get(2)))) {
      throw StatusErrors.noServer();
    }
    return false;
  }
}
