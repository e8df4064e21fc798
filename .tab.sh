for i in 1 2; do
node .t6.ts | head -1
node .t6.ts "css=aside{contain:layout@paint}.react-flow{contain:strict}" | head -1
node .t6.ts "css=aside{contain:layout@paint;will-change:transform}.react-flow{contain:strict;will-change:transform}" | head -1
done
