package io.clusterrecovery.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The little XML that the simulator reads and writes. */
final class AwsXml {
  private AwsXml() {}

  static Element parse(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return factory
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(bytes))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException("not XML: " + text, e);
    }
  }

  /** Every element of that name below this one, in document order. */
  static List<Element> all(Element under, String name) {
    NodeList nodes = under.getElementsByTagName(name);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  /** Text of the first such element; empty when there is none. */
  static String first(Element under, String name) {
    List<Element> found = all(under, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
  }

  static List<Element> children(Element of) {
    List<Element> found = new ArrayList<>();
    for (Node n = of.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element e) {
        found.add(e);
      }
    }
    return found;
  }

  static String tag(String name, String text) {
    return "<" + name + ">" + escape(text) + "</" + name + ">";
  }

  /** The element as text again, without name spaces or attributes: Route 53 has none within. */
  static String text(Element element) {
    List<Element> children = children(element);
    if (children.isEmpty()) {
      return tag(element.getTagName(), element.getTextContent().strip());
    }
    StringBuilder inner = new StringBuilder();
    children.forEach(child -> inner.append(text(child)));
    return "<" + element.getTagName() + ">" + inner + "</" + element.getTagName() + ">";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
