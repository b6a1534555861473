package io.clusterrecovery.testkit;

import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.w3c.dom.Element;

/**
 * One resource record set as Route 53 identifies and compares it: name and type and set identifier
 * say which it is; every other setting (TTL, alias target, weight, …) and the values, in any order,
 * say what is in it.
 */
record AwsRecordSet(
    AwsRecordKey key, NavigableMap<String, String> settings, List<String> values, String xml) {

  static AwsRecordSet of(Element element) {
    NavigableMap<String, String> settings = new TreeMap<>();
    for (Element child : AwsXml.children(element)) {
      settings.put(child.getTagName(), AwsXml.text(child));
    }
    AwsRecordKey key =
        new AwsRecordKey(
            absolute(AwsXml.first(element, "Name")),
            AwsXml.first(element, "Type"),
            AwsXml.first(element, "SetIdentifier"));
    List.of("Name", "Type", "SetIdentifier", "ResourceRecords").forEach(settings::remove);
    List<String> values =
        AwsXml.all(element, "Value").stream().map(v -> v.getTextContent().strip()).toList();
    return new AwsRecordSet(key, settings, values, AwsXml.text(element));
  }

  static String absolute(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower : lower + ".";
  }

  boolean sameContent(AwsRecordSet other) {
    return settings.equals(other.settings)
        && values.stream().sorted().toList().equals(other.values.stream().sorted().toList());
  }
}
