package dev.pintle.server.pki;

import dev.pintle.kube.certificate.AlternativeName;
import dev.pintle.kube.certificate.RequestedNames;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// The names of whoever asked for a certificate, as Go writes them into one.
final class OrderedNames {
  private OrderedNames() {}

  /// All values of a type are one part of the name.
  static X500Name subject(RequestedNames names) {
    X500NameBuilder subject = new X500NameBuilder();
    for (RequestedNames.SubjectPart part : names.subject()) {
      ASN1ObjectIdentifier type = new ASN1ObjectIdentifier(part.type());
      AttributeTypeAndValue[] values =
          part.texts().stream()
              .map(text -> new AttributeTypeAndValue(type, text(text)))
              .toArray(AttributeTypeAndValue[]::new);
      subject.addMultiValuedRDN(values);
    }
    return subject.build();
  }

  private static ASN1Encodable text(String text) {
    return ASN1PrintableString.isPrintableString(text)
        ? new DERPrintableString(text)
        : new DERUTF8String(text);
  }

  static GeneralNames alternatives(List<AlternativeName> names) {
    return new GeneralNames(
        names.stream().map(OrderedNames::alternative).toArray(GeneralName[]::new));
  }

  private static GeneralName alternative(AlternativeName name) {
    return switch (name.kind()) {
      case DNS -> new GeneralName(GeneralName.dNSName, name.text());
      case EMAIL -> new GeneralName(GeneralName.rfc822Name, name.text());
      case ADDRESS ->
          new GeneralName(GeneralName.iPAddress, new DEROctetString(name.content().array()));
      case URI -> new GeneralName(GeneralName.uniformResourceIdentifier, name.text());
    };
  }
}
