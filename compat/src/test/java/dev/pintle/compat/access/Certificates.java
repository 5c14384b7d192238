package dev.pintle.compat.access;

import static dev.pintle.compat.access.Bodies.APPLY;
import static dev.pintle.compat.access.Bodies.JSON;
import static dev.pintle.compat.access.Bodies.MERGE;

import java.util.ArrayList;
import java.util.List;

/// The ways to come to a certificate: to ask for too much, to decide, to issue.
final class Certificates {
  private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  private static final String CLIENT = "kubernetes.io/kube-apiserver-client";
  private static final String DRY = "?dryRun=All";
  private static final String FORCED = DRY + "&fieldManager=m&force=true";

  private static final List<String> STATUSES =
      List.of(
          "{}",
          "{'conditions':[{'type':'Approved','status':'True','reason':'r','message':'m'}]}",
          "{'conditions':[{'type':'Denied','status':'True'}]}",
          "{'conditions':[{'type':'Approved','status':'True'},{'type':'Denied','status':'True'}]}",
          "{'conditions':[{'type':'Approved','status':'False'}]}",
          "{'conditions':[{'type':'Failed','status':'True'}]}",
          "{'conditions':[{'type':'','status':'True'}]}",
          "{'conditions':[{'type':'Other','status':''}]}",
          "{'certificate':'%s'}".formatted(Bodies.file("issued.pem")),
          "{'certificate':'%s'}".formatted(Bodies.file("people.pem")),
          "{'certificate':'AAAA'}");

  private final List<Probe> probes = new ArrayList<>();

  private Certificates() {}

  static List<Probe> all() {
    Certificates certificates = new Certificates();
    Callers.CERTIFIERS.forEach(certificates::by);
    return certificates.probes;
  }

  private void by(Caller caller) {
    for (String signer :
        List.of(CLIENT, "example.com/good", "kubernetes.io/legacy-unknown", "", "nonsense")) {
      for (String file : List.of("people.pem", "masters.pem", "multi.pem", "issued.pem")) {
        String body = Bodies.request("absent", signer, file);
        write(caller, "POST", REQUESTS + DRY, JSON, body);
        write(caller, "PATCH", REQUESTS + "/absent" + FORCED, APPLY, body);
        write(caller, "PUT", REQUESTS + "/absent" + DRY, JSON, body);
      }
    }
    for (String name : List.of("good", "bad")) {
      for (String part : List.of("", "/approval", "/status")) {
        parts(caller, REQUESTS + "/" + name + part, name);
      }
    }
  }

  private void parts(Caller caller, String path, String name) {
    for (String status : STATUSES) {
      String said = status.replace('\'', '"');
      write(caller, "PATCH", path + DRY, MERGE, "{\"status\":" + said + "}");
      String body =
          "{\"apiVersion\":\"certificates.k8s.io/v1\",\"kind\":\"CertificateSigningRequest\",\"metadata\":{\"name\":\"%s\"},\"status\":%s}"
              .formatted(name, said);
      write(caller, "PATCH", path + FORCED, APPLY, body);
    }
    write(caller, "PATCH", path + DRY, MERGE, "{\"spec\":{\"signerName\":\"example.com/good\"}}");
    write(caller, "PATCH", path + DRY, MERGE, "{\"spec\":{\"username\":\"admin\"}}");
  }

  private void write(Caller caller, String method, String path, String type, String body) {
    probes.add(new Probe(method, path, caller, type, body));
  }
}
