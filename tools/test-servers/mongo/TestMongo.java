/*
 * A server for tests that speaks MongoDB's wire protocol, for machines without mongod: mongo-java-server made honest.
 *
 *   java -cp 'classes:lib/*' TestMongo PORT [FILE]
 *
 * PORT 0 takes a free one. Without FILE everything is in memory; with FILE every write is on disk before it is acknowledged.
 * Prints one line, `waiting for connections mongodb://…`, once it answers, and ends when its standard input ends, so that a
 * test run that is killed leaves nothing behind.
 *
 * What mongo-java-server gets wrong silently is either mended here or refused loudly, so that a green suite means something:
 *  - mongoose 9's driver needs wire version 9 and `hello`: both are answered;
 *  - findOneAndUpdate under concurrency returned another call's document: one command at a time, replies are deep copies;
 *  - its H2 backend acknowledged writes that kill -9 lost: commit and fsync come first;
 *  - collation, partial unique indexes, text indexes, validators, capped collections, pipeline updates and transactions were
 *    ignored or half done: each is an error that names itself.
 *
 * Not shown by it: retried writes, failover, E11000 out of racing upserts, query speed.
 */
import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;

public class TestMongo {
  static final Set<String> WRITES =
      Set.of(
          "insert", "update", "delete", "findAndModify", "findandmodify", "createIndexes", "dropIndexes", "create", "drop",
          "dropDatabase", "renameCollection", "aggregate");
  static final Set<String> SESSIONS = Set.of("startSession", "refreshSessions", "endSessions", "killSessions");

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    MongoBackend backend;
    Runnable makeDurable = () -> {};
    if (arguments.length > 1) {
      MVStore store = new MVStore.Builder().fileName(arguments[1]).autoCommitDisabled().open();
      backend = new H2Backend(store);
      makeDurable =
          () -> {
            store.commit();
            store.sync();
          };
    } else backend = new MemoryBackend();
    backend.version(new Version44());
    MongoServer server = new MongoServer(new Honest(backend, makeDurable));
    server.bind("127.0.0.1", port);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println("waiting for connections " + server.getConnectionString());
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  /** The driver that mongoose 9 uses wants wire version 9 (MongoDB 4.4); mongo-java-server stops at 8. */
  static class Version44 implements MongoVersion {
    public List<Integer> getVersionArray() {
      return List.of(4, 4, 0);
    }

    public int getWireVersion() {
      return 9;
    }
  }

  static class Honest implements MongoBackend {
    final MongoBackend inner;
    final Runnable makeDurable;
    final Object lock = new Object();

    Honest(MongoBackend inner, Runnable makeDurable) {
      this.inner = inner;
      this.makeDurable = makeDurable;
    }

    @Override
    public Document handleMessage(MongoMessage message) {
      Document query = message.getDocument();
      String command = query.keySet().iterator().next();
      return run(command, query, () -> inner.handleMessage(message), message.getChannel(), message.getDatabaseName());
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
      return run(command, query, () -> inner.handleCommand(channel, database, command, query), channel, database);
    }

    Document run(String command, Document query, Supplier<Document> work, Channel channel, String database) {
      synchronized (lock) { // one command at a time …
        boolean hello = command.equals("hello");
        if (hello || command.equalsIgnoreCase("isMaster")) return greeting(hello, channel, database);
        if (SESSIONS.contains(command)) return new Document("ok", 1.0);
        refuseWhatIsNotEmulated(command, query);
        Document reply = work.get();
        if (WRITES.contains(command)) makeDurable.run(); // … on disk before it is acknowledged …
        countWhatLanded(command, query, reply);
        return reply.cloneDeeply(); // … and the reply shares no live document
      }
    }

    Document greeting(boolean hello, Channel channel, String database) {
      Document reply = inner.handleCommand(channel, database, "isMaster", new Document("isMaster", 1)).cloneDeeply();
      reply.put("helloOk", true);
      if (hello) {
        reply.remove("ismaster");
        reply.put("isWritablePrimary", true);
      }
      reply.put("logicalSessionTimeoutMinutes", 30);
      reply.put("readOnly", false);
      return reply;
    }

    /** mongo-java-server answers an insert's `n` with what was sent, not with what landed. */
    static void countWhatLanded(String command, Document query, Document reply) {
      if (!command.equals("insert") || !(reply.get("writeErrors") instanceof List<?> errors)) return;
      int sent = ((List<?>) query.get("documents")).size();
      boolean ordered = !Boolean.FALSE.equals(query.get("ordered"));
      boolean stopped = ordered && !errors.isEmpty();
      reply.put("n", stopped ? ((Number) ((Document) errors.get(0)).get("index")).intValue() : sent - errors.size());
    }

    static void refuseWhatIsNotEmulated(String command, Document query) {
      boolean transaction = query.containsKey("startTransaction") || Boolean.FALSE.equals(query.get("autocommit"));
      if (transaction || command.equals("commitTransaction") || command.equals("abortTransaction"))
        throw new MongoServerError(
            20, "IllegalOperation", "Transaction numbers are only allowed on a replica set member or mongos");
      if (isSet(query.get("collation"))) throw unsupported("collation");
      switch (command) {
        case "createIndexes" -> refuseIndexes(query);
        case "create" -> refuseCollection(query);
        case "update" -> refuseUpdates(query);
        case "delete" -> refuseCollations(query, "deletes");
        case "findAndModify", "findandmodify" -> {
          if (query.get("update") instanceof List) throw unsupported("an update with an aggregation pipeline");
        }
        default -> {}
      }
    }

    static void refuseIndexes(Document query) {
      for (Object each : (List<?>) query.get("indexes")) {
        Document index = (Document) each;
        if (Boolean.TRUE.equals(index.get("unique")) && index.containsKey("partialFilterExpression"))
          throw unsupported("a unique index with partialFilterExpression");
        if (isSet(index.get("collation"))) throw unsupported("an index with collation");
        if (((Document) index.get("key")).containsValue("text")) throw unsupported("a text index");
      }
    }

    static void refuseCollection(Document query) {
      for (String option : List.of("validator", "capped", "viewOn", "timeseries", "collation"))
        if (query.containsKey(option) && !Boolean.FALSE.equals(query.get(option))) throw unsupported("create with " + option);
    }

    static void refuseUpdates(Document query) {
      refuseCollations(query, "updates");
      for (Object each : (List<?>) query.get("updates"))
        if (((Document) each).get("u") instanceof List) throw unsupported("an update with an aggregation pipeline");
    }

    static void refuseCollations(Document query, String statements) {
      for (Object each : (List<?>) query.get(statements))
        if (isSet(((Document) each).get("collation"))) throw unsupported("collation");
    }

    static boolean isSet(Object value) {
      return value instanceof Document document && !document.isEmpty();
    }

    static MongoServerError unsupported(String what) {
      return new MongoServerError(
          238, "NotImplemented", "TestMongo: " + what + " is not faithfully emulated; do not use it, or test it on a real mongod");
    }

    @Override
    public QueryResult handleQuery(MongoQuery query) {
      synchronized (lock) {
        return inner.handleQuery(query);
      }
    }

    @Override
    public void dropDatabase(String database) {
      synchronized (lock) {
        inner.dropDatabase(database);
      }
    }

    @Override
    public void close() {
      synchronized (lock) {
        inner.close();
      }
    }

    @Override
    public void handleClose(Channel channel) {
      inner.handleClose(channel);
    }

    @Override
    public Collection<Document> getCurrentOperations(MongoQuery query) {
      return inner.getCurrentOperations(query);
    }

    @Override
    public Document getServerStatus() {
      return inner.getServerStatus();
    }

    @Override
    public void closeCursors(List<Long> cursors) {
      inner.closeCursors(cursors);
    }

    @Override
    public Clock getClock() {
      return inner.getClock();
    }

    @Override
    public void enableOplog() {
      inner.enableOplog();
    }

    @Override
    public void disableOplog() {
      inner.disableOplog();
    }

    @Override
    public MongoDatabase resolveDatabase(String database) {
      return inner.resolveDatabase(database);
    }

    @Override
    public MongoBackend version(MongoVersion version) {
      inner.version(version);
      return this;
    }
  }
}
