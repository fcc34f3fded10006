import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Lucene's scores of texts. Standard input has k1 and b, the number of texts, the texts, and queries, each on a line; for
 * each query a line with the number and the score of every text that it finds is printed.
 */
public final class LuceneScores {
  public static void main(String[] arguments) throws IOException {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String[] parameters = input.readLine().split(" ");
    BM25Similarity similarity = new BM25Similarity(Float.parseFloat(parameters[0]), Float.parseFloat(parameters[1]));
    ByteBuffersDirectory index = new ByteBuffersDirectory();
    // Merges neighbours only, so that the numbers of documents stay those of the texts.
    IndexWriterConfig configuration =
        new IndexWriterConfig(new WhitespaceAnalyzer())
            .setSimilarity(similarity)
            .setMergePolicy(new LogDocMergePolicy());
    int count = Integer.parseInt(input.readLine());
    try (IndexWriter writer = new IndexWriter(index, configuration)) {
      for (int number = 0; number < count; number++) {
        Document document = new Document();
        document.add(new TextField("text", input.readLine(), Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(index));
    searcher.setSimilarity(similarity);
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      BooleanQuery.Builder query = new BooleanQuery.Builder();
      for (String word : line.split(" ")) {
        if (!word.isEmpty()) query.add(new TermQuery(new Term("text", word)), BooleanClause.Occur.SHOULD);
      }
      StringBuilder answer = new StringBuilder();
      for (ScoreDoc hit : searcher.search(query.build(), count).scoreDocs) {
        answer.append(hit.doc).append(':').append(hit.score).append(' ');
      }
      System.out.println(answer);
    }
  }
}
