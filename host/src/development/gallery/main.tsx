import '../../styles/tokens.css';
import '../follow';
