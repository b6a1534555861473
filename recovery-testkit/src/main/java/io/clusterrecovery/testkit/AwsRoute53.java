package io.clusterrecovery.testkit;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Route 53 with the strictness of AWS: moto keeps the zones, this decides what may change. */
final class AwsRoute53 {
  static final String NAMESPACE = "https://route53.amazonaws.com/doc/2013-04-01/";
  // moto counts an UPSERT twice too, and takes a thousand.
  private static final int AT_ONCE = 400;
  private static final Pattern RRSET = Pattern.compile("/2013-04-01/hostedzone/([^/]+)/rrset/?");
  private static final Pattern CHANGE = Pattern.compile("/2013-04-01/change/([^/]+)/?");

  private final MotoClient moto;
  private final AwsZoneChanges changes;
  private final AwsFaults faults;
  private final AwsRateLimit limit = new AwsRateLimit(5, System::nanoTime);
  private final ReentrantLock processing = new ReentrantLock();

  AwsRoute53(MotoClient moto, AwsZoneChanges changes, AwsFaults faults) {
    this.moto = moto;
    this.changes = changes;
    this.faults = faults;
  }

  AwsReply handle(AwsRequest request) {
    if (!limit.pass()) {
      throw AwsError.throttled();
    }
    Matcher rrset = RRSET.matcher(request.uri().getPath());
    if (request.method().equals("POST") && rrset.matches()) {
      return changeAlone(rrset.group(1), request);
    }
    Matcher change = CHANGE.matcher(request.uri().getPath());
    if (change.matches()) {
      return reply("GetChangeResponse", changes.find(change.group(1)));
    }
    return moto.forward(request);
  }

  private AwsReply changeAlone(String zoneId, AwsRequest request) {
    if (faults.prior() || !processing.tryLock()) {
      throw new AwsError(
          400,
          "PriorRequestNotComplete",
          "The request was rejected because Route 53 was still processing a prior request.");
    }
    try {
      return change(zoneId, AwsChangeBatch.parse(request.body()));
    } finally {
      processing.unlock();
    }
  }

  private AwsReply change(String zoneId, AwsChangeBatch batch) {
    AwsReply zone = moto.route53("GET", "hostedzone/" + zoneId, "");
    if (!zone.ok()) {
      return zone;
    }
    String name = AwsXml.first(AwsXml.parse(zone.body()), "Name");
    AwsChangeBatch.Verdict verdict = batch.against(name, records(zoneId));
    if (!verdict.errors().isEmpty()) {
      throw new AwsError(
          400, "InvalidChangeBatch", "[" + String.join(", ", verdict.errors()) + "]");
    }
    List<AwsChangeBatch.Item> items = batch.items();
    for (int from = 0; from < items.size(); from += AT_ONCE) {
      carryOut(zoneId, items.subList(from, Math.min(items.size(), from + AT_ONCE)));
    }
    return reply("ChangeResourceRecordSetsResponse", changes.accept(verdict.after()));
  }

  // moto stumbles over a CREATE of a value that stood there earlier; an UPSERT means the same here.
  private void carryOut(String zoneId, List<AwsChangeBatch.Item> items) {
    StringBuilder changes = new StringBuilder();
    for (AwsChangeBatch.Item item : items) {
      String action = item.action().equals("DELETE") ? "DELETE" : "UPSERT";
      changes.append("<Change><Action>%s</Action>%s</Change>".formatted(action, item.set().xml()));
    }
    String xml =
        "<ChangeResourceRecordSetsRequest xmlns=\"%s\"><ChangeBatch><Changes>%s</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>"
            .formatted(NAMESPACE, changes);
    MotoClient.succeeded(moto.route53("POST", "hostedzone/" + zoneId + "/rrset/", xml));
  }

  List<AwsRecordSet> records(String zoneId) {
    AwsReply all = moto.route53("GET", "hostedzone/" + zoneId + "/rrset?maxitems=10000", "");
    String text = MotoClient.succeeded(all).body();
    return AwsXml.all(AwsXml.parse(text), "ResourceRecordSet").stream()
        .map(AwsRecordSet::of)
        .toList();
  }

  private static AwsReply reply(String name, AwsZoneChange change) {
    String body = "<%s xmlns=\"%s\">%s</%s>".formatted(name, NAMESPACE, change.xml(), name);
    return AwsReply.xml(200, body);
  }
}
