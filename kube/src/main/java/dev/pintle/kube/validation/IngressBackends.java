package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;

/// The rules of backends of ingresses: a service or a resource of another kind.
final class IngressBackends {
  private IngressBackends() {}

  /// @param serviceName the form of names of services
  static void check(ValidatedObject backend, FormatNames.Format serviceName) {
    ValidatedObject resource = backend.child("resource");
    ValidatedObject service = backend.child("service");
    if (resource != null && service != null) {
      refuse(backend, "cannot set both resource and service backends");
    } else if (resource != null) {
      resource(resource);
    } else if (service != null) {
      service(backend, service, serviceName);
    } else {
      refuse(backend, "resource or service backend is required");
    }
  }

  private static void refuse(ValidatedObject backend, String detail) {
    backend.add(FieldError.invalid(backend.path(), Json.of(""), detail));
  }

  private static void resource(ValidatedObject resource) {
    if (resource.has("apiGroup")) {
      resource.invalid("apiGroup", Formats.dns1123Subdomain(resource.text("apiGroup")));
    }
    PathSegments.require(resource, "kind");
    PathSegments.require(resource, "name");
  }

  private static void service(
      ValidatedObject backend, ValidatedObject service, FormatNames.Format serviceName) {
    if (service.text("name").isEmpty()) {
      service.required("name", "");
    } else {
      service.invalid("name", serviceName.complaints(service.text("name")));
    }
    ValidatedObject port = service.childOrEmpty("port");
    String name = port.text("name");
    long number = port.number("number");
    if (!name.isEmpty() && number != 0) {
      refuse(backend, "cannot set both port name & port number");
    } else if (!name.isEmpty()) {
      port.invalid("name", Ports.name(name));
    } else if (number != 0) {
      port.invalidNumber("number", Ports.number(number));
    } else {
      backend.add(FieldError.required(backend.path(), "port name or number is required"));
    }
  }
}
